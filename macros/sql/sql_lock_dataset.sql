{#- One at a time switches the marts of a dataset, until the end of its transaction: what a run reads of the logs
    is still so when it acts on it. -#}
{% macro sql_lock_dataset(dataset) -%}
    {{- return(adapter.dispatch('sql_lock_dataset', 'tokumei')(dataset)) -}}
{%- endmacro %}

{#- The same in a hook or an operation, where PostgreSQL commits each statement by itself until a transaction is opened. -#}
{% macro sql_hold_dataset(dataset) -%}
    {%- do tokumei.sql_begin_now() -%}
    {%- do tokumei.sql_lock_dataset(dataset) -%}
{%- endmacro %}

{#- A DuckDB file is held by one process at a time. -#}
{% macro default__sql_lock_dataset(dataset) -%}
{%- endmacro %}

{% macro postgres__sql_lock_dataset(dataset) -%}
    {%- do run_query('select pg_advisory_xact_lock(hashtext(' ~ tokumei.sql_literal(tokumei.sql_key_store(dataset)) ~ '))') -%}
{%- endmacro %}
