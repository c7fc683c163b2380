{#- Up to eight lower-case hexadecimal digits as a whole number. -#}
{% macro sql_hexadecimal(expression) -%}
    {{- return(adapter.dispatch('sql_hexadecimal', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro duckdb__sql_hexadecimal(expression) -%}
    {{- return("cast('0x' || " ~ expression ~ ' as bigint)') -}}
{%- endmacro %}

{% macro postgres__sql_hexadecimal(expression) -%}
    {{- return("cast(cast('x' || lpad(" ~ expression ~ ", 8, '0') as bit(32)) as bigint)") -}}
{%- endmacro %}
