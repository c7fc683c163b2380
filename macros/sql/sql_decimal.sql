{#- A number as a decimal of ten places; null where it has no place in the type (NaN, infinity, too many digits). -#}
{% macro sql_decimal(expression, type='decimal(38, 10)') -%}
    {{- return(adapter.dispatch('sql_decimal', 'tokumei')(expression, type)) -}}
{%- endmacro %}

{% macro default__sql_decimal(expression, type='decimal(38, 10)') -%}
    {{- return(tokumei.sql_try_cast(expression, type)) -}}
{%- endmacro %}

{#- DuckDB multiplies a floating-point number by 10^10: right where the product has less than 2^53 units, or is of a whole number
    below 9 * 10^8. Elsewhere its text is read (slower). -#}
{% macro duckdb__sql_decimal(expression, type='decimal(38, 10)') -%}
    {{- return(
        'case when ' ~ expression ~ ' between -900000 and 900000 or (' ~ expression ~ ' between -900000000 and 900000000 and '
        ~ expression ~ ' = floor(' ~ expression ~ ')) then ' ~ tokumei.default__sql_decimal(expression, type)
        ~ ' else ' ~ tokumei.default__sql_decimal(tokumei.sql_text(expression), type) ~ ' end'
    ) -}}
{%- endmacro %}
