{#- The statements after which exactly these roles have rights on a relation, beside its owner: what default privileges or
    anybody else gave is taken away. `grants` is right → roles, as in dbt. -#}
{% macro sql_grant_statements(relation, grants) -%}
    {{- return(adapter.dispatch('sql_grant_statements', 'tokumei')(relation, grants)) -}}
{%- endmacro %}

{% macro default__sql_grant_statements(relation, grants) -%}
    {{- return([]) -}}
{%- endmacro %}

{#- Looked up when it runs, not before: a view that was dropped and made again has other rights. -#}
{% macro postgres__sql_grant_statements(relation, grants) -%}
    {%- set statements = [
        "do $tokumei$ declare reader record; begin for reader in " ~ tokumei._postgres_grantees(relation) ~ " loop execute format('revoke all on %s from %s cascade', "
        ~ tokumei.sql_literal(relation | string) ~ ", case when reader.grantee = 'public' then 'public' else quote_ident(reader.grantee) end); end loop; end $tokumei$"
    ] -%}
    {%- for right, roles in (grants or {}).items() -%}
        {%- for role in ([roles] if roles is string else roles or []) -%}
            {%- do statements.append('grant ' ~ right ~ ' on ' ~ relation ~ ' to ' ~ ('public' if role | lower == 'public' else tokumei.sql_identifier(role))) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(statements) -}}
{%- endmacro %}
