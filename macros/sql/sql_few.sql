{#- A column of a query that finds few rows, to look others up in: an engine that takes it for large would hash the others instead.
    `rows` is what stands behind `from`. -#}
{% macro sql_few(column, rows) -%}
    {{- return(adapter.dispatch('sql_few', 'tokumei')(column, rows)) -}}
{%- endmacro %}

{#- DuckDB takes what is filtered or distinct for a fifth of what it reads, or for all of it; one list, unfolded, for one row. -#}
{% macro default__sql_few(column, rows) -%}
    {{- return('select unnest(list(' ~ column ~ ')) as few from ' ~ rows) -}}
{%- endmacro %}

{% macro postgres__sql_few(column, rows) -%}
    {{- return('select ' ~ column ~ ' as few from ' ~ rows) -}}
{%- endmacro %}

{% macro spark__sql_few(column, rows) -%}
    {{- return('select ' ~ column ~ ' as few from ' ~ rows) -}}
{%- endmacro %}
