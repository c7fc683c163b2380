{#- What the first step of a column starts from. -#}
{% macro _first_value(policy, column) -%}
    {%- set wanted = tokumei._wanted(column['steps'][0]) if column['steps'] else none -%}
    {{- return(tokumei._source_value(policy, column['from'], wanted)) -}}
{%- endmacro %}
