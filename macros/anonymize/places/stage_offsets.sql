{#- How far the hole around a place is shifted, in metres, drawn with the release's key: what stays visible lies around the
    hole, so its middle must not be the place. One draw for the cells of one place: that of the cell with the most points
    among the nine; several draws for one place could be averaged out. -#}
{% macro stage_offsets(policy, at) -%}
{%- set within = policy['hide_places']['within'] -%}
{%- set columns = tokumei._columns_of('cells.tokumei_band', within) -%}
{%- set shifted = tokumei._columns_of('(cells.tokumei_band + shifted.north)', within) -%}
{%- set middle = 'cast(floor(cast(2 * cells.tokumei_column + 1 as ' ~ tokumei.sql_type('double precision') ~ ') * 180000000 / ' ~ columns ~ ') as bigint)' -%}
with cells as (
    select
        met.tokumei_subject,
        met.tokumei_band,
        met.tokumei_column,
        sum(met.tokumei_points) as tokumei_points
    from (
        {%- for stage in ['stays', 'ends'] if at.get(stage) %}
        {{- '\n        union all' if not loop.first }}
        select
            {{ stage }}.tokumei_subject,
            {{ stage }}.tokumei_band,
            {{ stage }}.tokumei_column,
            {{ 'stays.tokumei_points' if stage == 'stays' else '1' }} as tokumei_points
        from {{ tokumei._as(at[stage], stage) }}
        {%- endfor %}
    ) as met
    group by 1, 2, 3
),

around as (
    select
        cells.tokumei_subject,
        cells.tokumei_band + shifted.north as tokumei_band,
        {{ tokumei._column_beside('case when shifted.north = 0 then cells.tokumei_column else ' ~ tokumei._column(middle, shifted) ~ ' end', 'shifted.east', shifted) }} as tokumei_column,
        cells.tokumei_points,
        cells.tokumei_band as tokumei_drawn_band,
        cells.tokumei_column as tokumei_drawn_column
    from cells
    cross join {{ tokumei._shifts(1) }}
),

ranked as (
    select
        around.*,
        row_number() over (
            partition by around.tokumei_subject, around.tokumei_band, around.tokumei_column
            order by around.tokumei_points desc, around.tokumei_drawn_band, around.tokumei_drawn_column
        ) as tokumei_rank
    from around
    inner join cells
        on around.tokumei_subject = cells.tokumei_subject
            and around.tokumei_band = cells.tokumei_band
            and around.tokumei_column = cells.tokumei_column
),

drawn as (
    select distinct
        ranked.tokumei_subject,
        ranked.tokumei_band,
        ranked.tokumei_column,
        {{ tokumei._place_hash(policy, 'ranked.tokumei_subject', ['ranked.tokumei_drawn_band', 'ranked.tokumei_drawn_column']) }} as tokumei_hash
    from ranked
    where ranked.tokumei_rank = 1
)

select
    drawn.tokumei_subject,
    drawn.tokumei_band,
    drawn.tokumei_column,
    {{ tokumei._farthest(within) }} * sqrt({{ tokumei._offset_share('drawn.tokumei_hash', 1) }}) * sin(2 * pi() * {{ tokumei._offset_share('drawn.tokumei_hash', 9) }}) as tokumei_up,
    {{ tokumei._farthest(within) }} * sqrt({{ tokumei._offset_share('drawn.tokumei_hash', 1) }}) * cos(2 * pi() * {{ tokumei._offset_share('drawn.tokumei_hash', 9) }}) as tokumei_right
from drawn
{%- endmacro %}

{#- Uniform over a disc of nearly half of `within`: the rest is for rounding. -#}
{% macro _farthest(within) -%}
    {{- return((within * 0.49) | round(2)) -}}
{%- endmacro %}

{#- One draw for all marts of the dataset, whatever pseudonyms they have: their records can be told apart by place and time. -#}
{% macro _place_hash(policy, subject, cell) -%}
    {%- set value = tokumei._value(subject, policy['source']['types'].get(policy['subject'])) -%}
    {%- set parts = [tokumei._canonical_text(value)] -%}
    {%- for number in cell -%}{%- do parts.append(tokumei.sql_text(number)) -%}{%- endfor -%}
    {{- return(tokumei.keyed_hash({'dataset': policy['dataset'], 'scope': 'shared'}, 'place', [], parts)) -}}
{%- endmacro %}

{#- Eight hexadecimal digits as a number above 0 and below 1. -#}
{% macro _offset_share(hash, first) -%}
    {{- return('((cast(' ~ tokumei.sql_hex_number('substr(' ~ hash ~ ', ' ~ first ~ ', 8)') ~ ' as ' ~ tokumei.sql_type('double precision') ~ ') + 0.5) / 4294967296)') -}}
{%- endmacro %}
