{#- The place of releases, logs and keys, for the building role alone. -#}
{% macro sql_create_private_schema() -%}
    {{- return(adapter.dispatch('sql_create_private_schema', 'tokumei')()) -}}
{%- endmacro %}

{% macro default__sql_create_private_schema() -%}
    {%- do run_query('create schema if not exists ' ~ tokumei.private_namespace()) -%}
{%- endmacro %}

{#- "if not exists" races between sessions: one at a time, until the hook commits. -#}
{% macro postgres__sql_create_private_schema() -%}
    {%- set schema = tokumei.sql_identifier(tokumei.private_schema()) -%}
    {%- do run_query("select pg_advisory_xact_lock(hashtext('tokumei'))") -%}
    {%- do run_query('create schema if not exists ' ~ schema) -%}
    {%- do tokumei._refuse_other_owners() -%}
    {%- do tokumei._revoke_schema_from_others(schema) -%}
{%- endmacro %}

{#- Who owns the schema, or something in it, can read, grant and drop it: what was put there first is not taken over. -#}
{% macro _refuse_other_owners() -%}
    {%- set others = run_query(
        'select distinct pg_get_userbyid(owned.owner) from ('
        ~ 'select made.oid as schema, made.nspowner as owner from pg_namespace as made'
        ~ ' union all select made.relnamespace, made.relowner from pg_class as made'
        ~ ') as owned inner join pg_namespace as place on owned.schema = place.oid where place.nspname = '
        ~ tokumei.sql_literal(tokumei.private_schema()) ~ ' and pg_get_userbyid(owned.owner) <> current_user'
    ).columns[0].values() -%}
    {%- if others -%}
        {%- do exceptions.raise_compiler_error(
            'tokumei: ' ~ tokumei.private_schema() ~ ': the private schema, or a relation in it, belongs to another role; got '
            ~ others | sort | join(', ') ~ '; allowed: the building role alone; see docs/releases.md'
        ) -%}
    {%- endif -%}
{%- endmacro %}

{#- The grantees are looked up, because default privileges may name anyone; PUBLIC is number 0. -#}
{% macro _revoke_schema_from_others(schema) -%}
    {%- set grantees = run_query(
        "select distinct case held.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(held.grantee)) end"
        ~ ' from pg_namespace as made cross join lateral aclexplode(made.nspacl) as held where held.grantee <> made.nspowner and made.nspname = '
        ~ tokumei.sql_literal(tokumei.private_schema())
    ).columns[0].values() -%}
    {%- if grantees -%}
        {%- do run_query('revoke all on schema ' ~ schema ~ ' from ' ~ grantees | join(', ') ~ ' cascade') -%}
    {%- endif -%}
{%- endmacro %}
