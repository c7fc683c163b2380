{#- A statement inside the materialization's transaction, which the first of them opens. -#}
{% macro run_statement(sql, name='tokumei') -%}
    {%- call statement(name, fetch_result=true, auto_begin=true) -%}
        {{ sql }}
    {%- endcall -%}
    {{- return(load_result(name)['table']) -}}
{%- endmacro %}

{#- The first row of a query as a list. -#}
{% macro first_row(sql) -%}
    {%- set table = tokumei.run_statement(sql) -%}
    {{- return(table.rows[0].values() | list) -}}
{%- endmacro %}
