{#- relation → the names of its columns, of what the private schema holds. -#}
{% macro sql_private_columns() -%}
    {{- return(adapter.dispatch('sql_private_columns', 'tokumei')()) -}}
{%- endmacro %}

{% macro default__sql_private_columns() -%}
    {%- set found = {} -%}
    {%- for row in run_query(
        'select named.table_name, named.column_name from information_schema.columns as named where named.table_catalog = '
        ~ tokumei.sql_literal(target.database) ~ ' and named.table_schema = ' ~ tokumei.sql_literal(tokumei.private_schema())
    ).rows -%}
        {%- do found.setdefault(row[0], []).append(row[1]) -%}
    {%- endfor -%}
    {{- return(found) -}}
{%- endmacro %}

{#- Spark has no catalog to query: the logs alone are looked at. -#}
{% macro spark__sql_private_columns() -%}
    {%- set found = {} -%}
    {%- for name in tokumei._spark_tables('*_log') -%}
        {%- do found.update({name: run_query('select * from ' ~ tokumei.private_relation(name) ~ ' where false').column_names | list}) -%}
    {%- endfor -%}
    {{- return(found) -}}
{%- endmacro %}

{#- The relations of the private schema with names of a pattern of Spark's own (* for anything). -#}
{% macro _spark_tables(pattern, schema=none) -%}
    {%- set place = schema or tokumei.private_schema() -%}
    {%- set names = [] -%}
    {%- if run_query('show schemas like ' ~ tokumei.sql_literal(place)).rows | length -%}
        {%- for row in run_query('show tables in ' ~ tokumei.sql_identifier(place) ~ ' like ' ~ tokumei.sql_literal(pattern)).rows if not row[2] -%}
            {%- do names.append(row[1]) -%}
        {%- endfor -%}
    {%- endif -%}
    {{- return(names) -}}
{%- endmacro %}
