{#- A number for each row, in no order: to be told apart by. -#}
{% macro sql_row_number() -%}
    {{- return(adapter.dispatch('sql_row_number', 'tokumei')()) -}}
{%- endmacro %}

{% macro default__sql_row_number() -%}
    {{- return('row_number() over ()') -}}
{%- endmacro %}

{#- A window of Spark's needs an order, and one over all rows one task. -#}
{% macro spark__sql_row_number() -%}
    {{- return('monotonically_increasing_id()') -}}
{%- endmacro %}
