{#- Opens a transaction after sql_commit_now: what follows is not kept unless it is committed. -#}
{% macro sql_begin_now() -%}
    {{- return(adapter.dispatch('sql_begin_now', 'tokumei')()) -}}
{%- endmacro %}

{#- dbt begins with the first statement that asks for it. -#}
{% macro default__sql_begin_now() -%}
{%- endmacro %}

{#- The driver begins by itself, and believes to be in that transaction still, after a commit that was sent as SQL. -#}
{% macro postgres__sql_begin_now() -%}
    {%- do run_query('begin') -%}
{%- endmacro %}
