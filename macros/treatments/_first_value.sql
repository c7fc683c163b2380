{#- What the first step of a column starts from. -#}
{% macro _first_value(policy, column) -%}
    {%- set first = column['steps'][0] if column['steps'] else none -%}
    {%- set value = tokumei._source_value(policy, column['from'], tokumei._wanted(first) if first else none) -%}
    {%- if tokumei._is_folded(first) -%}
        {%- do value.update({'folded': tokumei._source_value(policy, column['from'], 'folded').sql}) -%}
    {%- endif -%}
    {{- return(value) -}}
{%- endmacro %}
