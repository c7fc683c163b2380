{#- The place of releases, logs and keys, for the building role alone. -#}
{% macro sql_create_private_schema() -%}
    {{- return(adapter.dispatch('sql_create_private_schema', 'tokumei')()) -}}
{%- endmacro %}

{% macro default__sql_create_private_schema() -%}
    {%- do run_query('create schema if not exists ' ~ tokumei.private_namespace()) -%}
{%- endmacro %}

{#- "if not exists" races between sessions: one at a time, until the hook commits. And it asks for the right to create
    schemas where there is one already: who administers the database may make it instead, for the building role. -#}
{% macro postgres__sql_create_private_schema() -%}
    {%- set schema = tokumei.sql_identifier(tokumei.private_schema()) -%}
    {%- do run_query("select pg_advisory_xact_lock(hashtext('tokumei'))") -%}
    {%- if not run_query('select to_regnamespace(' ~ tokumei.sql_literal(schema) ~ ') is not null').columns[0].values()[0] -%}
        {%- do run_query('create schema ' ~ schema) -%}
    {%- endif -%}
    {%- do tokumei._refuse_other_owners() -%}
    {%- do tokumei._refuse_open_search_path() -%}
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

{#- A function or operator that fits better than PostgreSQL's own is called in its place, with the building role's rights on
    the raw data: a schema in which everybody may create is no place to look one up in. -#}
{% macro _refuse_open_search_path() -%}
    {%- set shared = run_query(
        'select made.nspname from pg_namespace as made cross join lateral aclexplode(made.nspacl) as held'
        ~ " where made.nspname = any(current_schemas(false)) and held.grantee = 0 and held.privilege_type = 'CREATE'"
    ).columns[0].values() -%}
    {%- if shared -%}
        {%- do exceptions.raise_compiler_error(
            'tokumei: ' ~ shared | sort | join(', ') ~ ': everybody may create in a schema of the search path, and what they make there could be called with the rights of the building role;'
            ~ ' got create for public; allowed: none (revoke create on schema … from public), or a search_path without it; see docs/privileges.md'
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

{% macro spark__sql_create_private_schema() -%}
    {%- do tokumei._refuse_spark_session() -%}
    {%- do tokumei.default__sql_create_private_schema() -%}
{%- endmacro %}

{#- Two marts that write the same log at once would undo each other, dates go by the zone of the session, and literals are
    written with escapes. -#}
{% macro _refuse_spark_session() -%}
    {%- set wrong = [] -%}
    {%- if target.threads != 1 -%}
        {%- do wrong.append('threads: ' ~ target.threads ~ '; allowed: 1, since Spark divides each statement itself') -%}
    {%- endif -%}
    {%- set row = run_query("select current_timezone(), length('\\\\\\\\')").rows[0] -%}
    {%- if row[0] not in ['UTC', 'Etc/UTC', 'Z', 'GMT', '+00:00'] -%}
        {%- do wrong.append('spark.sql.session.timeZone: ' ~ row[0] ~ '; allowed: UTC') -%}
    {%- endif -%}
    {%- if row[1] != 2 -%}
        {%- do wrong.append('spark.sql.parser.escapedStringLiterals: true; allowed: false') -%}
    {%- endif -%}
    {%- if wrong -%}
        {%- do exceptions.raise_compiler_error('tokumei: the profile of Spark; got ' ~ wrong | join(', and ') ~ '; see docs/engines.md') -%}
    {%- endif -%}
{%- endmacro %}
