{#- A cheap bucket 0 to 9999 of a value, to draw a sample without sorting. Not random, not secret. -#}
{% macro sql_bucket(expression) -%}
    {{- return(adapter.dispatch('sql_bucket', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro duckdb__sql_bucket(expression) -%}
    {{- return('hash(' ~ expression ~ ') % 10000') -}}
{%- endmacro %}

{% macro postgres__sql_bucket(expression) -%}
    {{- return('(hashtext(cast(' ~ expression ~ ' as text)) & 2147483647) % 10000') -}}
{%- endmacro %}

{% macro spark__sql_bucket(expression) -%}
    {{- return('pmod(xxhash64(' ~ expression ~ '), 10000)') -}}
{%- endmacro %}
