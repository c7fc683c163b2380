{#- What was just made in the private schema is the building role's alone, whatever default privileges gave away. -#}
{% macro sql_keep_private(relation) -%}
    {{- return(adapter.dispatch('sql_keep_private', 'tokumei')(relation)) -}}
{%- endmacro %}

{#- DuckDB has no roles: who has the file has all of it. -#}
{% macro default__sql_keep_private(relation) -%}
{%- endmacro %}

{#- In the transaction that made it: nobody else has seen it yet. -#}
{% macro postgres__sql_keep_private(relation) -%}
    {%- do tokumei._revoke_from_others(
        'pg_class as made cross join lateral aclexplode(made.relacl) as held where held.grantee <> made.relowner and made.oid = to_regclass('
        ~ tokumei.sql_literal(relation | string) ~ ')',
        'table ' ~ relation
    ) -%}
{%- endmacro %}

{#- The grantees are looked up, because default privileges may name anyone; PUBLIC is number 0. -#}
{% macro _revoke_from_others(held, made) -%}
    {%- set grantees = run_query(
        "select distinct case held.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(held.grantee)) end from " ~ held
    ).columns[0].values() -%}
    {%- if grantees -%}
        {%- do run_query('revoke all on ' ~ made ~ ' from ' ~ grantees | join(', ') ~ ' cascade') -%}
    {%- endif -%}
{%- endmacro %}
