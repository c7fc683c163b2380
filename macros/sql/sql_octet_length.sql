{% macro sql_octet_length(expression) -%}
    {{- return(adapter.dispatch('sql_octet_length', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro default__sql_octet_length(expression) -%}
    {{- return('octet_length(' ~ expression ~ ')') -}}
{%- endmacro %}

{#- octet_length() takes only blobs on DuckDB; strlen() counts the bytes of a text. -#}
{% macro duckdb__sql_octet_length(expression) -%}
    {{- return('strlen(' ~ expression ~ ')') -}}
{%- endmacro %}
