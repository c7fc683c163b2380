{#- A statement inside the materialization's transaction, which the first of them opens. -#}
{% macro run_statement(sql, name='tokumei') -%}
    {%- call statement(name, fetch_result=true, auto_begin=true) -%}
        {{ sql }}
    {%- endcall -%}
    {{- return(load_result(name)['table']) -}}
{%- endmacro %}

{#- Statements in that transaction whose results nobody looks at, sent at once. -#}
{% macro run_statements(statements) -%}
    {%- if statements -%}
        {{- return(adapter.dispatch('run_statements', 'tokumei')(statements)) -}}
    {%- endif -%}
{%- endmacro %}

{% macro default__run_statements(statements) -%}
    {%- do tokumei.run_statement(statements | join(';\n')) -%}
{%- endmacro %}

{#- The first row of a query as a list. -#}
{% macro first_row(sql) -%}
    {%- set table = tokumei.run_statement(sql) -%}
    {{- return(table.rows[0].values() | list) -}}
{%- endmacro %}
