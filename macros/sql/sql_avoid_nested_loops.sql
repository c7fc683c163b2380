{#- For the rest of the transaction. -#}
{% macro sql_avoid_nested_loops() -%}
    {{- return(adapter.dispatch('sql_avoid_nested_loops', 'tokumei')()) -}}
{%- endmacro %}

{% macro default__sql_avoid_nested_loops() -%}
{%- endmacro %}

{#- Stages have no statistics. How many rows one has is seen from its file, but joins of two are planned for a handful of
    rows, and the next join would then be a nested loop: quadratic. A hash join of any size is linear. -#}
{% macro postgres__sql_avoid_nested_loops() -%}
    {%- do tokumei.run_statement('set local enable_nestloop = off') -%}
{%- endmacro %}
