{#- The quotient of two whole numbers without its fraction, towards zero; null where the divisor is 0. -#}
{% macro sql_quotient(dividend, divisor) -%}
    {{- return(adapter.dispatch('sql_quotient', 'tokumei')(dividend, divisor)) -}}
{%- endmacro %}

{% macro default__sql_quotient(dividend, divisor) -%}
    {{- return('(' ~ tokumei.sql_wide(dividend) ~ ' div nullif(' ~ divisor ~ ', 0))') -}}
{%- endmacro %}

{% macro duckdb__sql_quotient(dividend, divisor) -%}
    {{- return('(' ~ tokumei.sql_wide(dividend) ~ ' // nullif(' ~ divisor ~ ', 0))') -}}
{%- endmacro %}

{% macro postgres__sql_quotient(dividend, divisor) -%}
    {{- return('div(' ~ tokumei.sql_wide(dividend) ~ ', nullif(' ~ divisor ~ ', 0))') -}}
{%- endmacro %}

{#- The same as a bigint. -#}
{% macro sql_whole_quotient(dividend, divisor) -%}
    {{- return('cast(' ~ tokumei.sql_quotient(dividend, divisor) ~ ' as bigint)') -}}
{%- endmacro %}
