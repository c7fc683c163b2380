{#- Every generalization of the whole table, by what it would lose there: `mask_…` are the bits that it keeps, `turn` is its
    place in the order. Of very many, every so-manieth after the first. -#}
{% macro stage_stepwise_nodes(axes, words, at_coded, at_rungs) -%}
{%- set columns = [] -%}
{%- set cost = [] -%}
{%- set levels = [] -%}
{%- for axis in axes -%}
    {%- set number = axis['number'] | string -%}
    {%- do columns.extend(['level_' ~ number ~ '.level as level_' ~ number, 'level_' ~ number ~ '.unit as unit_' ~ number]) -%}
    {%- do cost.append('level_' ~ number ~ '.cost') -%}
    {%- do levels.append('level_' ~ number ~ '.level') -%}
{%- endfor -%}
{%- set size = tokumei._lattice_size(axes) -%}
with losses as (
{%- for axis in axes %}
    {%- set number = axis['number'] | string %}
    select
        rung.axis,
        rung.level,
        rung.unit,
        cast(sum(coded.weight * coalesce({{ tokumei.sql_quotient('(rung.leaves - 1) * 1000000', 'whole.leaves - 1') }}, 0)) as bigint) as cost
    from {{ tokumei._as(at_coded, 'coded') }}
    inner join {{ tokumei._as(at_rungs, 'rung') }}
        on rung.axis = {{ number }} and (coded.x_{{ number }} & -rung.unit) = rung.code
    cross join (select max(top.leaves) as leaves from {{ at_rungs }} as top where top.axis = {{ number }}) as whole
    group by rung.axis, rung.level, rung.unit
    {{- '\n    union all' if not loop.last }}
{%- endfor %}
),

levels as {{ tokumei.sql_once() }}(
    select
        losses.axis,
        min(losses.level) as level,
        losses.unit,
        min(losses.cost) as cost
    from losses
    group by losses.axis, losses.unit
),

ranked as (
    select
        {{ tokumei._lines(columns + ['row_number() over (order by ' ~ cost | join(' + ') ~ ', ' ~ levels | join(', ') ~ ') as turn', 'count(*) over () as nodes'], 8) }}
    from levels as level_1
{%- for axis in axes[1:] %}
    cross join levels as level_{{ axis['number'] }}
{%- endfor %}
    where {% for axis in axes %}level_{{ axis['number'] }}.axis = {{ axis['number'] }}{{ ' and ' if not loop.last }}{% endfor %}
)

select
    {{ tokumei._lines(tokumei._interleaved('ranked.', ['level_', 'unit_'], axes) + tokumei._masks(words) + ['row_number() over (order by ranked.turn) as turn']) }}
from ranked
where ranked.turn <= 8192 or ranked.turn % {{ size // 8192 + 1 }} = 0 or ranked.turn = ranked.nodes
{%- endmacro %}

{% macro _interleaved(alias, prefixes, axes) -%}
    {%- set names = [] -%}
    {%- for axis in axes -%}{%- for prefix in prefixes -%}{%- do names.append(alias ~ prefix ~ axis['number']) -%}{%- endfor -%}{%- endfor -%}
    {{- return(names) -}}
{%- endmacro %}

{#- Of a word: the bits of each of its columns above the unit. -#}
{% macro _masks(words) -%}
    {%- set masks = [] -%}
    {%- for word in words -%}
        {%- set terms = [] -%}
        {%- for part in word -%}
            {%- do terms.append('(' ~ part['size'] ~ ' - ranked.unit_' ~ part['number'] ~ ') * ' ~ part['offset'] if part['size'] else '-ranked.unit_' ~ part['number']) -%}
        {%- endfor -%}
        {%- do masks.append(terms | join(' + ') ~ ' as mask_' ~ loop.index) -%}
    {%- endfor -%}
    {{- return(masks) -}}
{%- endmacro %}

{#- The number of generalizations: the product of the levels. -#}
{% macro _lattice_size(axes) -%}
    {%- set size = namespace(nodes=1) -%}
    {%- for axis in axes -%}
        {%- set size.nodes = size.nodes * ((axis['ladder']['levels'] | length if axis['ladder'] else 0) + 2) -%}
    {%- endfor -%}
    {{- return(size.nodes) -}}
{%- endmacro %}
