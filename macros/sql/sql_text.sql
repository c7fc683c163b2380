{% macro sql_text(expression) -%}
    {{- return(adapter.dispatch('sql_text', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro default__sql_text(expression) -%}
    {{- return('cast(' ~ expression ~ ' as text)') -}}
{%- endmacro %}
