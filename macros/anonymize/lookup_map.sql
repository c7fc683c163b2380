{#- The label of every value the column has: joined as text, because a seed may have read codes as numbers. -#}
{% macro lookup_map(policy, column, at) -%}
{%- set lookup = (column['steps'] | selectattr('name', 'equalto', 'lookup') | first)['arguments'] -%}
{%- set plan = tokumei.treatment_plan(policy, [column['name']]) -%}
{%- set key = plan['keys'][column['name']] -%}
select
    met.value as value,
    hierarchy.label as label
from (
    select distinct {{ key['sql'] }} as value
    from {{ tokumei._as(tokumei._nested_layers(policy, at, plan, key['layer']), 'source') }}
) as met
left join (
    select
        {{ tokumei.join_text('leaf.' ~ tokumei.sql_identifier('value')) }} as code,
        min({{ tokumei.sql_text('leaf.' ~ tokumei.sql_identifier(lookup['to'])) }}) as label
    from {{ at['lookups'][lookup['hierarchy']] }} as leaf
    group by 1
) as hierarchy on {{ tokumei.join_text('met.value') }} = hierarchy.code
{%- endmacro %}
