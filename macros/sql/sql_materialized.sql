{#- What stands between `as` and the brackets of a named query that is read several times. -#}
{% macro sql_materialized() -%}
    {{- return(adapter.dispatch('sql_materialized', 'tokumei')()) -}}
{%- endmacro %}

{% macro default__sql_materialized() -%}
    {{- return('materialized ') -}}
{%- endmacro %}

{#- Spark decides by itself. -#}
{% macro spark__sql_materialized() -%}
    {{- return('') -}}
{%- endmacro %}
