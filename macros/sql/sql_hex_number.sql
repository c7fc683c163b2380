{#- Up to 15 hexadecimal digits as a whole number. -#}
{% macro sql_hex_number(expression) -%}
    {{- return(adapter.dispatch('sql_hex_number', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro duckdb__sql_hex_number(expression) -%}
    {{- return("cast('0x' || " ~ expression ~ ' as bigint)') -}}
{%- endmacro %}

{% macro postgres__sql_hex_number(expression) -%}
    {{- return("cast(cast(lpad('x' || lpad(" ~ expression ~ ", 16, '0'), 17) as bit(64)) as bigint)") -}}
{%- endmacro %}

{% macro spark__sql_hex_number(expression) -%}
    {{- return('cast(conv(' ~ expression ~ ', 16, 10) as bigint)') -}}
{%- endmacro %}
