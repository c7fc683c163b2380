{#- The distinct values of a column of the release, as `value`. In the gate those of all columns are found by one scan, when
    the first audit asks for them; a data test asks the release each time. -#}
{% macro _distinct_values(policy, scene, name) -%}
    {%- set column = tokumei.sql_identifier(name) -%}
    {%- set names = policy['columns'] | rejectattr('pseudonym') | map(attribute='name') | list -%}
    {%- if scene['facts'].get('stages') is none or name not in names or names | length == 1 -%}
        {{- return('(select distinct mart.' ~ column ~ ' as value from ' ~ scene['release'] ~ ' as mart)') -}}
    {%- endif -%}
    {%- if not scene.get('value_stage') -%}
        {%- do scene.update({'value_stage': tokumei._store(scene['facts'], policy['mart'], 'values', tokumei._stage_values(scene, names))}) -%}
    {%- endif -%}
    {{- return('(select held.' ~ column ~ ' as value from ' ~ scene['value_stage'] ~ ' as held where held.tokumei_number = ' ~ (names.index(name) + 1) ~ ')') -}}
{%- endmacro %}

{#- A row for each value of each column: its column's number, the value in that column, null in the others. -#}
{% macro _stage_values(scene, names) -%}
select
    case
        {%- for name in names %}
        when grouping(mart.{{ tokumei.sql_identifier(name) }}) = 0 then {{ loop.index }}
        {%- endfor %}
    end as tokumei_number
    {%- for name in names %},
    mart.{{ tokumei.sql_identifier(name) }}
    {%- endfor %}
from {{ scene['release'] }} as mart
group by grouping sets (
    {%- for name in names -%}
    (mart.{{ tokumei.sql_identifier(name) }}){{ '' if loop.last else ', ' }}
    {%- endfor -%}
)
{%- endmacro %}
