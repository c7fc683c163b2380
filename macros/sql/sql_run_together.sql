{#- Statements of a hook that take effect together or not at all. -#}
{% macro sql_run_together(statements) -%}
    {{- return(adapter.dispatch('sql_run_together', 'tokumei')(statements)) -}}
{%- endmacro %}

{% macro default__sql_run_together(statements) -%}
    {%- do run_query('begin;\n' ~ statements | join(';\n') ~ ';\ncommit') -%}
{%- endmacro %}

{#- Sent as one they share a transaction, that of sql_hold_dataset if it is open; it ends here. -#}
{% macro postgres__sql_run_together(statements) -%}
    {%- do run_query(statements | join(';\n')) -%}
    {%- do tokumei.sql_commit_now() -%}
{%- endmacro %}

{#- Spark has no transactions: the order of the statements is what a reader may see of them. -#}
{% macro spark__sql_run_together(statements) -%}
    {%- do tokumei.sql_run_batch(statements) -%}
{%- endmacro %}

{#- Statements of a hook, which need not take effect together. -#}
{% macro sql_run_batch(statements) -%}
    {{- return(adapter.dispatch('sql_run_batch', 'tokumei')(statements)) -}}
{%- endmacro %}

{% macro default__sql_run_batch(statements) -%}
    {%- do run_query(statements | join(';\n')) -%}
{%- endmacro %}

{% macro spark__sql_run_batch(statements) -%}
    {%- for statement in statements -%}
        {%- do run_query(statement) -%}
    {%- endfor -%}
{%- endmacro %}
