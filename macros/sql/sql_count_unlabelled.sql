{#- How many comments of a mart are not as the policy says: the relation's, and each item's. -#}
{% macro sql_count_unlabelled(view, columns) -%}
    {{- return(adapter.dispatch('sql_count_unlabelled', 'tokumei')(view, columns)) -}}
{%- endmacro %}

{% macro duckdb__sql_count_unlabelled(view, columns) -%}
    {%- set place = 'database_name = ' ~ tokumei.sql_literal(view.database) ~ ' and schema_name = ' ~ tokumei.sql_literal(view.schema) -%}
    {%- set findings = [tokumei._finding('', 'case when count(*) = 1 then 0 else 1 end') ~ ' from duckdb_views() where ' ~ place
        ~ ' and view_name = ' ~ tokumei.sql_literal(view.identifier) ~ " and comment like '匿名加工情報%'"] -%}
    {%- for column in columns -%}
        {%- do findings.append(tokumei._finding(column['name'], 'case when count(*) = 1 then 0 else 1 end') ~ ' from duckdb_columns() where '
            ~ place ~ ' and table_name = ' ~ tokumei.sql_literal(view.identifier) ~ ' and column_name = ' ~ tokumei.sql_literal(column['name'])
            ~ ' and comment like ' ~ tokumei.sql_literal('匿名加工情報: ' ~ (column['item']['ja'] | replace('%', '_')) ~ '%')) -%}
    {%- endfor -%}
    {{- return(findings | join('\nunion all\n')) -}}
{%- endmacro %}

{% macro postgres__sql_count_unlabelled(view, columns) -%}
    {%- set relation = tokumei.sql_literal(tokumei.sql_identifier(view.schema) ~ '.' ~ tokumei.sql_identifier(view.identifier)) -%}
    {%- set findings = [tokumei._finding('', "case when coalesce(obj_description(to_regclass(" ~ relation ~ "), 'pg_class'), '') like '匿名加工情報%' then 0 else 1 end")] -%}
    {%- for column in columns -%}
        {%- do findings.append(tokumei._finding(column['name'], 'case when count(*) = 1 then 0 else 1 end') ~ ' from pg_attribute where attrelid = to_regclass('
            ~ relation ~ ') and attname = ' ~ tokumei.sql_literal(column['name']) ~ ' and col_description(attrelid, attnum) like '
            ~ tokumei.sql_literal('匿名加工情報: ' ~ (column['item']['ja'] | replace('%', '_')) ~ '%')) -%}
    {%- endfor -%}
    {{- return(findings | join('\nunion all\n')) -}}
{%- endmacro %}
