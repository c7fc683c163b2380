{#- What a relation is, as `comment on` calls it (table, view, …), as a scalar expression; null where there is none. -#}
{% macro sql_relation_kind(relation) -%}
    {{- return(adapter.dispatch('sql_relation_kind', 'tokumei')(relation)) -}}
{%- endmacro %}

{% macro duckdb__sql_relation_kind(relation) -%}
    {%- set parts = [] -%}
    {%- for column, name in [['table_catalog', relation.database], ['table_schema', relation.schema], ['table_name', relation.identifier]] -%}
        {%- do parts.append('lower(named.' ~ column ~ ') = lower(' ~ tokumei.sql_literal(name) ~ ')') -%}
    {%- endfor -%}
    {{- return("(select case named.table_type when 'VIEW' then 'view' else 'table' end from information_schema.tables as named where " ~ parts | join(' and ') ~ ')') -}}
{%- endmacro %}

{#- information_schema leaves out materialized views. -#}
{% macro postgres__sql_relation_kind(relation) -%}
    {{- return("(select case named.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'f' then 'foreign table' else 'table' end from pg_class as named where named.oid = " ~ tokumei._postgres_oid(relation) ~ ')') -}}
{%- endmacro %}

{#- Looked up now: Spark has no catalog to query. -#}
{% macro spark__sql_relation_kind(relation) -%}
    {%- set found = dbt.load_relation(relation) if tokumei._spark_tables(relation.identifier, relation.schema) else none -%}
    {{- return(tokumei.sql_text_literal(found.type | string if found else none)) -}}
{%- endmacro %}
