{#- A statement inside the materialization's transaction, which the first of them opens. What an engine says of one that
    fails may quote a row (the source may be a view that casts), so it is not passed on: see docs/engine_errors.md. -#}
{% macro run_statement(sql, name='tokumei') -%}
    {%- if name == 'main' -%}
        {{- write(sql) -}}
    {%- endif -%}
    {%- set answer = tokumei.sql_run_silently(sql, tokumei._refused_by_engine()) -%}
    {%- do store_result(name, response=answer[0], agate_table=answer[1]) -%}
{%- endmacro %}

{#- The rows that a query finds, as dbt's table. An answer without columns would read as "nothing found": it stops the run. -#}
{% macro answer_of(sql) -%}
    {%- set table = tokumei.sql_ask_silently(sql, tokumei._refused_by_engine()) -%}
    {%- if table is none or table.column_names | length == 0 -%}
        {%- do exceptions.raise_compiler_error(tokumei._refused_by_engine()) -%}
    {%- endif -%}
    {{- return(table) -}}
{%- endmacro %}

{#- Statements in that transaction whose results nobody looks at, sent at once. -#}
{% macro run_statements(statements, name='tokumei') -%}
    {%- if statements -%}
        {{- return(adapter.dispatch('run_statements', 'tokumei')(statements, name)) -}}
    {%- endif -%}
{%- endmacro %}

{% macro default__run_statements(statements, name) -%}
    {%- do tokumei.run_statement(statements | join(';\n'), name) -%}
{%- endmacro %}

{#- Spark takes one statement at a time. -#}
{% macro spark__run_statements(statements, name) -%}
    {%- for statement in statements -%}
        {%- do tokumei.run_statement(statement, name) -%}
    {%- endfor -%}
{%- endmacro %}

{#- The first row of a query as a list. -#}
{% macro first_row(sql) -%}
    {%- set table = tokumei.answer_of(sql) -%}
    {{- return(table.rows[0].values() | list) -}}
{%- endmacro %}

{% macro _refused_by_engine() -%}
    {{- return(
        'tokumei: ' ~ (model['name'] if model is defined and model['name'] is defined else 'tokumei')
        ~ ': the engine refused a statement; its own message may quote data and is not shown; see docs/engine_errors.md'
    ) -}}
{%- endmacro %}
