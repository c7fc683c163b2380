{#- Where a row lies in its table: what a reader gets who asks for no order. -#}
{% macro sql_row_place(alias) -%}
    {{- return(adapter.dispatch('sql_row_place', 'tokumei')(alias)) -}}
{%- endmacro %}

{% macro duckdb__sql_row_place(alias) -%}
    {{- return(alias ~ '.rowid') -}}
{%- endmacro %}

{% macro postgres__sql_row_place(alias) -%}
    {{- return(alias ~ '.ctid') -}}
{%- endmacro %}

{#- Whether the rows of a relation have such places, as a scalar expression. -#}
{% macro sql_has_row_places(relation) -%}
    {{- return(adapter.dispatch('sql_has_row_places', 'tokumei')(relation)) -}}
{%- endmacro %}

{#- Not those of an attached database of another kind, and not where a column has taken the name. -#}
{% macro duckdb__sql_has_row_places(relation) -%}
    {%- set here = [] -%}
    {%- for column, name in [['database_name', relation.database], ['schema_name', relation.schema], ['table_name', relation.identifier]] -%}
        {%- do here.append('lower(held.' ~ column ~ ') = lower(' ~ tokumei.sql_literal(name) ~ ')') -%}
    {%- endfor -%}
    {{- return(
        "(select count(*) = 1 from duckdb_tables() as held inner join duckdb_databases() as kept on held.database_name = kept.database_name where kept.type = 'duckdb' and "
        ~ here | join(' and ') ~ ") and not exists (select 1 from duckdb_columns() as held where lower(held.column_name) = 'rowid' and " ~ here | join(' and ') ~ ')'
    ) -}}
{%- endmacro %}

{% macro postgres__sql_has_row_places(relation) -%}
    {{- return("coalesce((select named.relkind in ('r', 'm') from pg_class as named where named.oid = " ~ tokumei._postgres_oid(relation) ~ '), false)') -}}
{%- endmacro %}

{#- A table of Spark is a set of files, and its rows have no places. -#}
{% macro spark__sql_row_place(alias) -%}
    {{- return('monotonically_increasing_id()') -}}
{%- endmacro %}

{% macro spark__sql_has_row_places(relation) -%}
    {{- return('false') -}}
{%- endmacro %}
