{#- SHA-256 of a text in UTF-8, as lower-case hexadecimal text. -#}
{% macro sql_sha256(expression) -%}
    {{- return(adapter.dispatch('sql_sha256', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro duckdb__sql_sha256(expression) -%}
    {{- return('sha256(encode(' ~ expression ~ '))') -}}
{%- endmacro %}

{% macro postgres__sql_sha256(expression) -%}
    {{- return("encode(sha256(convert_to(" ~ expression ~ ", 'UTF8')), 'hex')") -}}
{%- endmacro %}

{% macro spark__sql_sha256(expression) -%}
    {{- return('sha2(cast(' ~ expression ~ ' as binary), 256)') -}}
{%- endmacro %}
