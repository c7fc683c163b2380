{#- What stands between `as` and the brackets of a named query that is reckoned once, not wherever it is named. -#}
{% macro sql_once() -%}
    {{- return(adapter.dispatch('sql_once', 'tokumei')()) -}}
{%- endmacro %}

{% macro default__sql_once() -%}
    {{- return('') -}}
{%- endmacro %}

{#- PostgreSQL puts the expressions of a query into those of the next: a matrix times a vector, four times over, would be
    written out in full. -#}
{% macro postgres__sql_once() -%}
    {{- return('materialized ') -}}
{%- endmacro %}

{#- Spark as well, if it is not told to make a table of it. -#}
{% macro spark__sql_once() -%}
    {{- return(tokumei.spark__sql_materialized()) -}}
{%- endmacro %}
