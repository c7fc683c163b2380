{#- Every column of the mart after its scalar steps, one row a record of the source. -#}
{% macro stage_treated(policy, at, shape, only=none) -%}
{%- set columns = ['source.' ~ tokumei.sql_identifier(policy['subject']) ~ ' as tokumei_subject'] -%}
{%- for column in policy['columns'] if column['name'] != policy['token'] and (only is none or column['name'] in only) -%}
    {%- do columns.append(tokumei.treat(policy, column).sql ~ ' as ' ~ tokumei.sql_identifier(column['name'])) -%}
{%- endfor -%}
select
    {{ tokumei._lines(columns) }}
from {{ tokumei._as(at['source'], 'source') }}
{%- for column in shape['maps'] if only is none or column['name'] in only %}
left join {{ at['maps'][column['name']] }} as {{ tokumei._map_name(column['name']) }}
    on {{ tokumei.lookup_key(policy, column) }} = {{ tokumei._map_name(column['name']) }}.value
{%- endfor -%}
{%- endmacro %}
