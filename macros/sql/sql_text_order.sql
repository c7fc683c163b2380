{#- Byte order, the same on every engine and under every locale. -#}
{% macro sql_text_order(expression) -%}
    {{- return(adapter.dispatch('sql_text_order', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro default__sql_text_order(expression) -%}
    {{- return('cast(' ~ expression ~ ' as text)') -}}
{%- endmacro %}

{#- A PostgreSQL database has a collation of its own. -#}
{% macro postgres__sql_text_order(expression) -%}
    {{- return('cast(' ~ expression ~ ' as text) collate "C"') -}}
{%- endmacro %}

{% macro spark__sql_text_order(expression) -%}
    {{- return('cast(' ~ expression ~ ' as string)') -}}
{%- endmacro %}
