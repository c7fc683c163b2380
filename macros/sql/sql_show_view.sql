{#- The statements after which a view shows a query, with a comment on itself and on each of its columns
    ([name, comment], in the query's order). -#}
{% macro sql_show_view(view, query, comment, columns) -%}
    {{- return(adapter.dispatch('sql_show_view', 'tokumei')(view, query, comment, columns)) -}}
{%- endmacro %}

{% macro default__sql_show_view(view, query, comment, columns) -%}
    {%- set statements = ['create or replace view ' ~ view ~ ' as\n' ~ query] -%}
    {%- do statements.append('comment on view ' ~ view ~ ' is ' ~ tokumei.sql_literal(comment)) -%}
    {%- for name, said in columns -%}
        {%- do statements.append('comment on column ' ~ view ~ '.' ~ tokumei.sql_identifier(name) ~ ' is ' ~ tokumei.sql_literal(said)) -%}
    {%- endfor -%}
    {{- return(statements) -}}
{%- endmacro %}

{#- One statement, which Spark's catalog carries out whole or not at all. -#}
{% macro spark__sql_show_view(view, query, comment, columns) -%}
    {%- set shown = [] -%}
    {%- for name, said in columns -%}
        {%- do shown.append(tokumei.sql_identifier(name) ~ ' comment ' ~ tokumei.sql_literal(said)) -%}
    {%- endfor -%}
    {{- return(['create or replace view ' ~ view ~ ' (\n    ' ~ shown | join(',\n    ') ~ '\n) comment ' ~ tokumei.sql_literal(comment) ~ ' as\n' ~ query]) -}}
{%- endmacro %}
