{#- What ends a query in brackets whose rows are to be made before anything else is joined to them. -#}
{% macro sql_rows_first() -%}
    {{- return(adapter.dispatch('sql_rows_first', 'tokumei')()) -}}
{%- endmacro %}

{% macro default__sql_rows_first() -%}
    {{- return('') -}}
{%- endmacro %}

{#- PostgreSQL merges such a query into the one around it. It may then join what is kept before the values of a lookup are
    known, by the other columns alone: many times the rows of the source. -#}
{% macro postgres__sql_rows_first() -%}
    {{- return('\noffset 0') -}}
{%- endmacro %}
