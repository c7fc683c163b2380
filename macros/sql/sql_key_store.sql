{#- Where the key of a dataset is held while its release is made: one table a dataset, so that destroying it is a drop. -#}
{% macro sql_key_store(dataset) -%}
    {{- return(adapter.dispatch('sql_key_store', 'tokumei')(dataset)) -}}
{%- endmacro %}

{#- Memory only: a DuckDB file keeps what was dropped, a variable is folded into plans. -#}
{% macro duckdb__sql_key_store(dataset) -%}
    {{- return('tokumei_keys.main.' ~ tokumei.sql_identifier('release_key_' ~ local_md5(dataset)[:16])) -}}
{%- endmacro %}

{% macro postgres__sql_key_store(dataset) -%}
    {{- return(
        tokumei.sql_identifier(tokumei.private_schema()) ~ '.'
        ~ tokumei.sql_identifier('release_key_' ~ local_md5(dataset)[:16])
    ) -}}
{%- endmacro %}

{#- In the private schema: its folder is the building role's alone, see docs/engines.md. -#}
{% macro spark__sql_key_store(dataset) -%}
    {{- return(tokumei.private_relation('release_key_' ~ local_md5(dataset)[:16])) -}}
{%- endmacro %}
