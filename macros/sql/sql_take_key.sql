{#- Takes a new key for the dataset in the name of this invocation; a newer run takes over, and the older then finds none. -#}
{% macro sql_take_key(dataset) -%}
    {{- return(adapter.dispatch('sql_take_key', 'tokumei')(dataset)) -}}
{%- endmacro %}

{% macro duckdb__sql_take_key(dataset) -%}
    {%- set store = tokumei.sql_key_store(dataset) -%}
    {%- do run_query("attach if not exists ':memory:' as tokumei_keys") -%}
    {%- do run_query('create or replace table ' ~ store ~ ' as ' ~ tokumei._new_key(dataset)) -%}
{%- endmacro %}

{#- Unlogged keeps the key out of the write-ahead log; without statistics and autovacuum no ANALYZE copies it into
    pg_stats. The lock orders runs that start together. -#}
{% macro postgres__sql_take_key(dataset) -%}
    {%- set store = tokumei.sql_key_store(dataset) -%}
    {%- do run_query(
        'create unlogged table if not exists ' ~ store
        ~ ' (dataset text primary key, invocation_id text, inner_block bytea, outer_block bytea)'
        ~ ' with (autovacuum_enabled = false, toast.autovacuum_enabled = false)'
    ) -%}
    {%- do run_query(
        'alter table ' ~ store ~ ' alter column inner_block set statistics 0, alter column outer_block set statistics 0'
    ) -%}
    {%- do tokumei.sql_keep_private(store) -%}
    {%- do run_query(
        'insert into ' ~ store ~ ' as held ' ~ tokumei._new_key(dataset)
        ~ ' on conflict (dataset) do update set invocation_id = excluded.invocation_id, inner_block = excluded.inner_block,'
        ~ ' outer_block = excluded.outer_block where held.invocation_id <> excluded.invocation_id'
    ) -%}
{%- endmacro %}

{% macro _new_key(dataset) -%}
    {{- return(
        'with drawn as ' ~ tokumei.sql_materialized() ~ '(select ' ~ tokumei.sql_new_secret() ~ ' as secret) select '
        ~ tokumei.sql_literal(dataset) ~ ' as dataset, ' ~ tokumei.sql_literal(invocation_id) ~ ' as invocation_id, '
        ~ tokumei.sql_hmac_block('drawn.secret', '36') ~ ' as inner_block, '
        ~ tokumei.sql_hmac_block('drawn.secret', '5c') ~ ' as outer_block from drawn'
    ) -}}
{%- endmacro %}

{#- The secret is drawn below what reads it twice: Spark does not fold an expression of chance into its readers. -#}
{% macro spark__sql_take_key(dataset) -%}
    {%- set store = tokumei.sql_key_store(dataset) -%}
    {%- do run_query('drop table if exists ' ~ store ~ ' purge') -%}
    {%- do run_query('create table ' ~ store ~ ' (dataset string, invocation_id string, inner_block binary, outer_block binary)') -%}
    {%- do run_query('insert into ' ~ store ~ ' ' ~ tokumei._new_key(dataset)) -%}
{%- endmacro %}
