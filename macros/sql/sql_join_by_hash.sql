{#- For the rest of the transaction. -#}
{% macro sql_join_by_hash() -%}
    {{- return(adapter.dispatch('sql_join_by_hash', 'tokumei')()) -}}
{%- endmacro %}

{% macro default__sql_join_by_hash() -%}
{%- endmacro %}

{#- Stages have no statistics. How many rows one has is seen from its file, but joins of two are planned for a handful of
    rows: by a nested loop, which is quadratic, or by sorting all of the source. A hash join of any size is linear. -#}
{% macro postgres__sql_join_by_hash() -%}
    {%- do tokumei.run_statement('set local enable_nestloop = off') -%}
    {%- do tokumei.run_statement('set local enable_mergejoin = off') -%}
{%- endmacro %}
