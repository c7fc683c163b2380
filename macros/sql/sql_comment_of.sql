{#- The comment on a view or table, and on one of its columns, as scalar expressions. -#}
{% macro sql_comment_of(view) -%}
    {{- return(adapter.dispatch('sql_comment_of', 'tokumei')(view)) -}}
{%- endmacro %}

{% macro duckdb__sql_comment_of(view) -%}
    {%- set place = tokumei._duckdb_place(view) -%}
    {%- set name = tokumei.sql_literal(view.identifier) -%}
    {{- return('coalesce((select named.comment from duckdb_views() as named where ' ~ place ~ ' and named.view_name = ' ~ name
        ~ '), (select named.comment from duckdb_tables() as named where ' ~ place ~ ' and named.table_name = ' ~ name ~ '))') -}}
{%- endmacro %}

{% macro postgres__sql_comment_of(view) -%}
    {{- return('obj_description(' ~ tokumei._postgres_oid(view) ~ ", 'pg_class')") -}}
{%- endmacro %}

{% macro sql_column_comment_of(view, column) -%}
    {{- return(adapter.dispatch('sql_column_comment_of', 'tokumei')(view, column)) -}}
{%- endmacro %}

{% macro duckdb__sql_column_comment_of(view, column) -%}
    {{- return('(select named.comment from duckdb_columns() as named where ' ~ tokumei._duckdb_place(view) ~ ' and named.table_name = ' ~ tokumei.sql_literal(view.identifier) ~ ' and named.column_name = ' ~ tokumei.sql_literal(column) ~ ')') -}}
{%- endmacro %}

{% macro postgres__sql_column_comment_of(view, column) -%}
    {{- return('(select col_description(named.attrelid, named.attnum) from pg_attribute as named where named.attrelid = ' ~ tokumei._postgres_oid(view) ~ ' and named.attname = ' ~ tokumei.sql_literal(column) ~ ')') -}}
{%- endmacro %}

{% macro _duckdb_place(view) -%}
    {{- return('named.database_name = ' ~ tokumei.sql_literal(view.database) ~ ' and named.schema_name = ' ~ tokumei.sql_literal(view.schema)) -}}
{%- endmacro %}

{% macro _postgres_oid(view) -%}
    {{- return('to_regclass(' ~ tokumei.sql_literal(tokumei.sql_identifier(view.schema) ~ '.' ~ tokumei.sql_identifier(view.identifier)) ~ ')') -}}
{%- endmacro %}

{#- Spark has no catalog to query: what it says of the view is looked up now. -#}
{% macro spark__sql_comment_of(view) -%}
    {{- return(tokumei.sql_text(tokumei.sql_literal(tokumei._spark_comments(view)[0]))) -}}
{%- endmacro %}

{% macro spark__sql_column_comment_of(view, column) -%}
    {{- return(tokumei.sql_text(tokumei.sql_literal(tokumei._spark_comments(view)[1].get(column)))) -}}
{%- endmacro %}

{#- The comment on a relation, and those on its columns by name. -#}
{% macro _spark_comments(view) -%}
    {%- set told = namespace(comment=none, columns=true) -%}
    {%- set comments = {} -%}
    {%- set described = run_query('describe table extended ' ~ view).rows if tokumei._spark_tables(view.identifier, view.schema) else [] -%}
    {%- for row in described -%}
        {%- if row[0] == '' or row[0].startswith('# ') -%}
            {%- set told.columns = false -%}
        {%- elif told.columns -%}
            {%- do comments.update({row[0]: row[2]}) -%}
        {%- elif row[0] == 'Comment' -%}
            {%- set told.comment = row[1] -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return([told.comment, comments]) -}}
{%- endmacro %}
