{#- The numbers 1 to `last` as a column of rows: to be selected, not joined. -#}
{% macro sql_series(last) -%}
    {{- return(adapter.dispatch('sql_series', 'tokumei')(last)) -}}
{%- endmacro %}

{% macro duckdb__sql_series(last) -%}
    {{- return('unnest(generate_series(1, ' ~ last ~ '))') -}}
{%- endmacro %}

{% macro postgres__sql_series(last) -%}
    {{- return('generate_series(1, ' ~ last ~ ')') -}}
{%- endmacro %}

{#- sequence() would count down to a `last` below 1. -#}
{% macro spark__sql_series(last) -%}
    {{- return('explode(filter(sequence(1, greatest(' ~ last ~ ', 1)), one -> one <= ' ~ last ~ '))') -}}
{%- endmacro %}
