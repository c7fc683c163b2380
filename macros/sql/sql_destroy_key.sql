{#- Whether there is a key store of the dataset, whoever took the key in it. -#}
{% macro sql_key_exists(dataset) -%}
    {{- return(adapter.dispatch('sql_key_exists', 'tokumei')(dataset)) -}}
{%- endmacro %}

{#- The database in memory may not be attached. -#}
{% macro duckdb__sql_key_exists(dataset) -%}
    {%- set name = tokumei.sql_key_store(dataset).split('"')[1] -%}
    {{- return(run_query(
        "select count(*) from duckdb_tables() where database_name = 'tokumei_keys' and table_name = '" ~ name ~ "'"
    ).columns[0].values()[0] > 0) -}}
{%- endmacro %}

{% macro postgres__sql_key_exists(dataset) -%}
    {{- return(run_query(
        "select to_regclass(" ~ tokumei.sql_literal(tokumei.sql_key_store(dataset)) ~ ") is not null"
    ).columns[0].values()[0]) -}}
{%- endmacro %}

{#- Whether the key of the dataset is still held by this invocation. -#}
{% macro sql_holds_key(dataset) -%}
    {{- return(tokumei.sql_key_exists(dataset) and run_query(
        'select count(*) from ' ~ tokumei.sql_key_store(dataset) ~ ' where invocation_id = '
        ~ tokumei.sql_literal(invocation_id) ~ ' and inner_block is not null and outer_block is not null'
    ).columns[0].values()[0] > 0) -}}
{%- endmacro %}

{#- A dropped table's file is unlinked; a deleted row would stay on its page. -#}
{% macro sql_destroy_key(dataset) -%}
    {{- return(adapter.dispatch('sql_destroy_key', 'tokumei')(dataset)) -}}
{%- endmacro %}

{% macro default__sql_destroy_key(dataset) -%}
    {%- do run_query('drop table ' ~ tokumei.sql_key_store(dataset)) -%}
{%- endmacro %}

{#- Not into the trash of a distributed file system. -#}
{% macro spark__sql_destroy_key(dataset) -%}
    {%- do run_query('drop table ' ~ tokumei.sql_key_store(dataset) ~ ' purge') -%}
{%- endmacro %}

{% macro spark__sql_key_exists(dataset) -%}
    {{- return(tokumei._spark_tables(tokumei.sql_last_name(tokumei.sql_key_store(dataset))) | length > 0) -}}
{%- endmacro %}
