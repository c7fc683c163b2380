{% macro sql_bytes_type() -%}
    {{- return(adapter.dispatch('sql_bytes_type', 'tokumei')()) -}}
{%- endmacro %}

{% macro duckdb__sql_bytes_type() -%}
    {{- return('blob') -}}
{%- endmacro %}

{% macro postgres__sql_bytes_type() -%}
    {{- return('bytea') -}}
{%- endmacro %}

{% macro spark__sql_bytes_type() -%}
    {{- return('binary') -}}
{%- endmacro %}
