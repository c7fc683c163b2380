{#- Whether what a build writes becomes visible together. Where it does not, the order of the statements must see to it:
    docs/decisions/0029-spark-without-transactions.md. -#}
{% macro sql_has_transactions() -%}
    {{- return(adapter.dispatch('sql_has_transactions', 'tokumei')()) -}}
{%- endmacro %}

{% macro default__sql_has_transactions() -%}
    {{- return(true) -}}
{%- endmacro %}

{% macro spark__sql_has_transactions() -%}
    {{- return(false) -}}
{%- endmacro %}
