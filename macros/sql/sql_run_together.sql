{#- Statements of a hook that take effect together or not at all. -#}
{% macro sql_run_together(statements) -%}
    {{- return(adapter.dispatch('sql_run_together', 'tokumei')(statements)) -}}
{%- endmacro %}

{% macro default__sql_run_together(statements) -%}
    {%- do run_query('begin;\n' ~ statements | join(';\n') ~ ';\ncommit') -%}
{%- endmacro %}

{#- The statements of a PostgreSQL hook already share a transaction. -#}
{% macro postgres__sql_run_together(statements) -%}
    {%- do run_query(statements | join(';\n')) -%}
    {%- do tokumei.sql_commit_now() -%}
{%- endmacro %}
