{#- The numbers 1 to `last` as a column of rows: to be selected, not joined. What is reckoned from a number stands `before` and
    `after` it. -#}
{% macro sql_series(last, before='', after='') -%}
    {{- return(adapter.dispatch('sql_series', 'tokumei')(last, before, after)) -}}
{%- endmacro %}

{% macro duckdb__sql_series(last, before, after) -%}
    {{- return(before ~ 'unnest(generate_series(1, ' ~ last ~ '))' ~ after) -}}
{%- endmacro %}

{% macro postgres__sql_series(last, before, after) -%}
    {{- return(before ~ 'generate_series(1, ' ~ last ~ ')' ~ after) -}}
{%- endmacro %}

{#- sequence() would count down to a `last` below 1. -#}
{% macro spark__sql_series(last, before, after) -%}
    {%- set numbers = 'filter(sequence(1, greatest(' ~ last ~ ', 1)), one -> one <= ' ~ last ~ ')' -%}
    {{- return('explode(' ~ ('transform(' ~ numbers ~ ', one -> ' ~ before ~ 'one' ~ after ~ ')' if before or after else numbers) ~ ')') -}}
{%- endmacro %}
