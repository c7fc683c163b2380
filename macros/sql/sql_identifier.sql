{#- Quoted through SQL's own rule, because an adapter's quote() leaves an embedded quote as it is. -#}
{% macro sql_identifier(name) -%}
    {{- return(adapter.dispatch('sql_identifier', 'tokumei')(name)) -}}
{%- endmacro %}

{% macro default__sql_identifier(name) -%}
    {{- return('"' ~ (name | string | replace('"', '""')) ~ '"') -}}
{%- endmacro %}
