{% macro sql_text(expression) -%}
    {{- return(adapter.dispatch('sql_text', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro default__sql_text(expression) -%}
    {{- return('cast(' ~ expression ~ ' as text)') -}}
{%- endmacro %}

{#- A text, or a null that is known to be one. -#}
{% macro sql_text_literal(value) -%}
    {{- return(tokumei.sql_text(tokumei.sql_literal(value)) if value is none else tokumei.sql_literal(value)) -}}
{%- endmacro %}

{% macro spark__sql_text(expression) -%}
    {{- return('cast(' ~ expression ~ ' as string)') -}}
{%- endmacro %}
