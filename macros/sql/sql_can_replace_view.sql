{#- Whether `create or replace view` can put a release in place of what stands there. -#}
{% macro sql_can_replace_view(existing, columns, release) -%}
    {{- return(adapter.dispatch('sql_can_replace_view', 'tokumei')(existing, columns, release)) -}}
{%- endmacro %}

{% macro default__sql_can_replace_view(existing, columns, release) -%}
    {{- return(existing.is_view) -}}
{%- endmacro %}

{#- PostgreSQL only adds columns at the end: other changes need a drop, which fails cleanly while views depend on it. -#}
{% macro postgres__sql_can_replace_view(existing, columns, release) -%}
    {%- if not existing.is_view -%}
        {{- return(false) -}}
    {%- endif -%}
    {%- set shape = 'select attname, format_type(atttypid, atttypmod) from pg_attribute where attnum > 0 and not attisdropped and attrelid = to_regclass(' -%}
    {%- set before = run_query(shape ~ tokumei.sql_literal(existing | string) ~ ') order by attnum').rows -%}
    {%- set types = {} -%}
    {%- for row in run_query(shape ~ tokumei.sql_literal(release) ~ ')').rows -%}
        {%- do types.update({row[0]: row[1]}) -%}
    {%- endfor -%}
    {%- for row in before -%}
        {%- set column = columns[loop.index0] if loop.index0 < columns | length else none -%}
        {%- if column is none or column['name'] != row[0] or types[row[0]] != row[1] -%}
            {{- return(false) -}}
        {%- endif -%}
    {%- endfor -%}
    {{- return(true) -}}
{%- endmacro %}
