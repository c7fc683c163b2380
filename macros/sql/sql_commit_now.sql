{#- Ends the transaction that a hook's statements opened by themselves. -#}
{% macro sql_commit_now() -%}
    {{- return(adapter.dispatch('sql_commit_now', 'tokumei')()) -}}
{%- endmacro %}

{#- DuckDB commits each statement of a hook. -#}
{% macro default__sql_commit_now() -%}
{%- endmacro %}

{% macro postgres__sql_commit_now() -%}
    {%- do run_query('commit') -%}
{%- endmacro %}
