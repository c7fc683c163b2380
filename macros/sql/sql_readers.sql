{#- Who beside its owner holds a right on a relation: the roles' names; nobody where there are no grants. -#}
{% macro sql_readers(relation) -%}
    {{- return(adapter.dispatch('sql_readers', 'tokumei')(relation)) -}}
{%- endmacro %}

{% macro default__sql_readers(relation) -%}
    {{- return([]) -}}
{%- endmacro %}

{% macro postgres__sql_readers(relation) -%}
    {{- return(run_query(tokumei._postgres_grantees(relation)).columns[0].values() | list) -}}
{%- endmacro %}

{#- Also those who hold a right on a column alone. -#}
{% macro _postgres_grantees(relation) -%}
    {%- set oid = 'to_regclass(' ~ tokumei.sql_literal(relation | string) ~ ')' -%}
    {{- return(
        "select distinct coalesce(pg_roles.rolname, 'public') as grantee from (select pg_class.relowner, given.grantee from pg_class"
        ~ ' cross join lateral aclexplode(pg_class.relacl) as given where pg_class.oid = ' ~ oid
        ~ ' union all select pg_class.relowner, given.grantee from pg_class inner join pg_attribute on pg_class.oid = pg_attribute.attrelid'
        ~ ' cross join lateral aclexplode(pg_attribute.attacl) as given where pg_class.oid = ' ~ oid
        ~ ') as held left join pg_roles on held.grantee = pg_roles.oid where held.grantee <> held.relowner order by 1'
    ) -}}
{%- endmacro %}
