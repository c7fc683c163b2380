{#- The values of a column that most subjects of the mart show, each with its subjects before and after; the others as one
    pool, in which nobody counts twice. A value that too few show, before or after, is in the pool. -#}
{% macro distribution_of_column(policy, scene, frame, column, grain, most) -%}
{%- set least = tokumei._least_shown(policy) -%}
{%- set given = tokumei._grained('held.s_' ~ column['place'], grain) -%}
{%- set shown = tokumei._grained('mart.' ~ tokumei.sql_identifier(column['name']), grain) -%}
{%- set sides = [
    {'name': 'before', 'who': 'held.who', 'value': given, 'from': frame['rows'] ~ ' as held', 'unique': scene['facts']['unique']},
    {'name': 'after', 'who': 'mart.' ~ tokumei.sql_identifier(policy['token']), 'value': shown, 'from': scene['release'] ~ ' as mart', 'unique': scene['unique']},
] -%}
with counted as (
    select
        one.label,
        min(one.number) as number,
        cast(sum(one.before) as bigint) as before,
        cast(sum(one.after) as bigint) as after
    from (
        {%- for side in sides %}
        {%- set persons = 'count(*)' if side['unique'] else 'count(distinct ' ~ side['who'] ~ ')' %}
        select {{ side['value']['label'] }} as label, min({{ side['value']['number'] }}) as number, {{ persons if loop.first else '0' }} as before, {{ '0' if loop.first else persons }} as after
        from {{ side['from'] }}
        group by 1
        {%- if not loop.last %}
        union all
        {%- endif %}
        {%- endfor %}
    ) as one
    group by one.label
),

common as {{ tokumei.sql_once() }}(
    select
        counted.*,
        row_number() over (order by counted.after desc, counted.number, {{ tokumei.sql_text_order('counted.label') }}) as place
    from counted
    where counted.before >= {{ least }} and counted.after >= {{ least }}
    order by place
    limit {{ [most, 0] | max }}
)

select case when common.label = '-' then 'missing' else 'value' end as kind, common.label, common.number, common.before, common.after
from common
union all
select 'pool', null, null, pool_before.persons, pool_after.persons
from
{%- for side in sides %}
    (
        select {{ 'count(*)' if side['unique'] else 'count(distinct ' ~ side['who'] ~ ')' }} as persons
        from {{ side['from'] }}
        where not exists (select 1 from common where common.label = {{ side['value']['label'] }})
    ) as pool_{{ side['name'] }}{{ ',' if loop.first }}
{%- endfor %}
where pool_before.persons > 0 or pool_after.persons > 0
{%- endmacro %}

{#- A value as a label, `=` before what is not null, and as a number where it is one. -#}
{% macro _grained(expression, grain) -%}
    {%- set none_of_them = 'cast(null as ' ~ tokumei.sql_type('double precision') ~ ')' -%}
    {%- if grain['kind'] == 'date' -%}
        {%- set text = 'substr(' ~ tokumei.sql_text('cast(' ~ expression ~ ' as date)') ~ ', 1, ' ~ grain['length'] ~ ')' -%}
        {{- return({'label': "coalesce('=' || " ~ text ~ ", '-')", 'number': none_of_them}) -}}
    {%- elif grain['kind'] == 'number' -%}
        {%- set number = tokumei._as_measured_number(expression, 'number') -%}
        {%- if grain['step'] -%}
            {%- set number = 'least(greatest(floor(' ~ number ~ ' / ' ~ grain['step'] ~ ') * ' ~ grain['step'] ~ ', ' ~ grain['lowest'] ~ '), ' ~ grain['highest'] ~ ')' -%}
        {%- endif -%}
        {#- greatest and least pass over a null. -#}
        {%- set number = 'case when ' ~ expression ~ ' is not null then ' ~ number ~ ' end' -%}
        {{- return({'label': "coalesce('=' || " ~ tokumei.sql_text(number) ~ ", '-')", 'number': number}) -}}
    {%- endif -%}
    {{- return({'label': tokumei._category(expression), 'number': none_of_them}) -}}
{%- endmacro %}
