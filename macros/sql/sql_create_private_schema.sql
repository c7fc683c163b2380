{#- The place of releases, logs and keys, for the building role alone. -#}
{% macro sql_create_private_schema() -%}
    {{- return(adapter.dispatch('sql_create_private_schema', 'tokumei')()) -}}
{%- endmacro %}

{% macro default__sql_create_private_schema() -%}
    {%- do run_query('create schema if not exists ' ~ tokumei.private_namespace()) -%}
{%- endmacro %}

{#- "if not exists" races between sessions: one at a time, until the hook commits. -#}
{% macro postgres__sql_create_private_schema() -%}
    {%- do run_query("select pg_advisory_xact_lock(hashtext('tokumei'))") -%}
    {%- do run_query('create schema if not exists ' ~ tokumei.sql_identifier(tokumei.private_schema())) -%}
    {%- do run_query('revoke all on schema ' ~ tokumei.sql_identifier(tokumei.private_schema()) ~ ' from public') -%}
{%- endmacro %}
