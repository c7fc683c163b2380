{#- A quotient of whole numbers that are not negative, rounded down, exact beyond 64 bits. -#}
{% macro sql_divide_whole(dividend, divisor) -%}
    {{- return(adapter.dispatch('sql_divide_whole', 'tokumei')(dividend, divisor)) -}}
{%- endmacro %}

{% macro duckdb__sql_divide_whole(dividend, divisor) -%}
    {{- return('cast((' ~ dividend ~ ') // (' ~ divisor ~ ') as bigint)') -}}
{%- endmacro %}

{% macro postgres__sql_divide_whole(dividend, divisor) -%}
    {{- return('cast(div((' ~ dividend ~ ')::numeric, (' ~ divisor ~ ')::numeric) as bigint)') -}}
{%- endmacro %}

{#- A whole number of up to 38 digits, wide enough to be multiplied by another. -#}
{% macro sql_whole(number) -%}
    {{- return(adapter.dispatch('sql_whole', 'tokumei')(number)) -}}
{%- endmacro %}

{% macro duckdb__sql_whole(number) -%}
    {{- return('cast(' ~ number ~ ' as hugeint)') -}}
{%- endmacro %}

{% macro postgres__sql_whole(number) -%}
    {{- return('cast(' ~ number ~ ' as numeric)') -}}
{%- endmacro %}
