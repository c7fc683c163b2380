{#- What stands between `as` and the brackets of a named query that is read several times. -#}
{% macro sql_materialized() -%}
    {{- return(adapter.dispatch('sql_materialized', 'tokumei')()) -}}
{%- endmacro %}

{% macro default__sql_materialized() -%}
    {{- return('materialized ') -}}
{%- endmacro %}

{#- Spark would plan and reckon the named query anew wherever it is read. This marks it for _spark_hoisted. -#}
{% macro spark__sql_materialized() -%}
    {{- return('/* once */ ') -}}
{%- endmacro %}

{#- The same, of a named query that is cheaper to read again than to keep: a relation with its columns renamed, or a join. -#}
{% macro sql_read_anew() -%}
    {{- return(adapter.dispatch('sql_read_anew', 'tokumei')()) -}}
{%- endmacro %}

{% macro default__sql_read_anew() -%}
    {{- return('not materialized ') -}}
{%- endmacro %}

{#- Spark keeps no named query. -#}
{% macro spark__sql_read_anew() -%}
    {{- return('') -}}
{%- endmacro %}
