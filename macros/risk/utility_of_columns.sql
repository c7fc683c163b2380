{#- Of one column: how much finer the source tells its values than the mart (loss), and how far the mart's distribution is
    from the source's. -#}
{% macro utility_of_columns(policy, scene, frame, column) -%}
{%- set place = column['place'] -%}
{%- set number = 'held.x_' ~ place if column['kind'] else 'cast(null as ' ~ tokumei.sql_type('double precision') ~ ')' -%}
{%- set places = "'" ~ place ~ "'" -%}
{%- set way = column['loss']['way'] -%}
{%- set lines = column['kind'] and column['kind'] == column['shown'] -%}
{%- set found = [] -%}
{%- if not column['drawn'] -%}
    {%- do found.append(tokumei._measure('mart', 'loss', tokumei._loss(scene, way), 'share', tokumei._loss_from(way), places=places)) -%}
{%- endif -%}
{%- if column['treatable'] -%}
    {%- do found.append(tokumei._measure('both', 'total_variation', 'sum(abs(' ~ tokumei._shares('shown') ~ ')) / 2', 'distance', 'shown cross join whole', places=places)) -%}
    {%- do found.append(tokumei._measure('both', 'hellinger', 'sqrt(sum(power(' ~ tokumei._shares('shown', 'sqrt') ~ ', 2)) / 2)', 'distance', 'shown cross join whole', places=places)) -%}
{%- endif -%}
{%- if lines -%}
    {%- do found.append(tokumei._measure('both', 'kolmogorov_smirnov', 'max(abs(step.apart))', 'distance', 'step', places=places)) -%}
    {%- do found.append(tokumei._measure('both', 'wasserstein', 'sum(abs(step.apart) * (step.next_value - step.value)) / nullif(max(step.value) - min(step.value), 0)', 'distance', 'step', places=places)) -%}
{%- endif -%}
with pair as {{ tokumei.sql_once() }}(
    select held.r_{{ place }} as raw, held.s_{{ place }} as shown, min({{ number }}) as lowest, max({{ number }}) as highest, count(*) as records
    from {{ frame['rows'] }} as held
    group by 1, 2
),

shown as {{ tokumei.sql_once() }}(
    select
        one.shown as value,
        min(one.lowest) as lowest,
        max(one.highest) as highest,
        cast(sum(one.missing) as bigint) as missing,
        cast(sum(one.source) as bigint) as source,
        cast(sum(one.mart) as bigint) as mart
    from (
        select pair.shown, pair.lowest, pair.highest, case when pair.raw is null then pair.records else 0 end as missing, pair.records as source, 0 as mart
        from pair
        union all
        select mart.{{ tokumei.sql_identifier(column['name']) }}, null, null, 0, 0, count(*)
        from {{ scene['release'] }} as mart
        group by 1
    ) as one
    group by one.shown
),

whole as {{ tokumei.sql_once() }}(
    select
        cast(sum(shown.source) as {{ tokumei.sql_type('double precision') }}) as source,
        cast(sum(shown.mart) as {{ tokumei.sql_type('double precision') }}) as mart,
        max(shown.highest) - min(shown.lowest) as wide
    from shown
)

{%- if way == 'leaves' %},

{{ tokumei._leaves(scene, column['loss']) }}
{%- endif %}
{%- if lines %},

{{ tokumei._steps_apart(frame, scene, column) }}
{%- endif %}

{{ found | join('\nunion all\n') }}
{%- endmacro %}

{#- A share of the source less a share of the mart, of each value. -#}
{% macro _shares(alias, of='') -%}
    {{- return(of ~ '(' ~ alias ~ '.source / nullif(whole.source, 0)) - ' ~ of ~ '(' ~ alias ~ '.mart / nullif(whole.mart, 0))') -}}
{%- endmacro %}

{#- The distribution functions of the source's numbers and of the mart's, side by side at each number of either. -#}
{% macro _steps_apart(frame, scene, column) -%}
{%- set shown = tokumei._as_measured_number('mart.' ~ tokumei.sql_identifier(column['name']), column['shown']) -%}
point as (
    select one.value, sum(one.source) as source, sum(one.mart) as mart
    from (
        select held.x_{{ column['place'] }} as value, count(*) as source, 0 as mart
        from {{ frame['rows'] }} as held
        group by 1
        union all
        select {{ shown }}, 0, count(*)
        from {{ scene['release'] }} as mart
        group by 1
    ) as one
    where one.value is not null
    group by one.value
),

step as {{ tokumei.sql_once() }}(
    select
        point.value,
        lead(point.value) over (order by point.value) as next_value,
        cast(sum(point.source) over (order by point.value) as {{ tokumei.sql_type('double precision') }}) / nullif((select sum(every.source) from point as every), 0)
            - cast(sum(point.mart) over (order by point.value) as {{ tokumei.sql_type('double precision') }}) / nullif((select sum(every.mart) from point as every), 0) as apart
    from point
)
{%- endmacro %}
