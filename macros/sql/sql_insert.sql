{#- Rows of literals as one insert; `types` are those of the columns. -#}
{% macro sql_insert(relation, rows, types) -%}
    {{- return(adapter.dispatch('sql_insert', 'tokumei')(relation, rows, types)) -}}
{%- endmacro %}

{% macro default__sql_insert(relation, rows, types) -%}
    {{- return('insert into ' ~ relation ~ ' values ' ~ rows | join(',\n')) -}}
{%- endmacro %}

{#- Spark makes no time of a text that is inserted. -#}
{% macro spark__sql_insert(relation, rows, types) -%}
    {%- set names = [] -%}
    {%- set columns = [] -%}
    {%- for type in types -%}
        {%- do names.append('c' ~ loop.index) -%}
        {%- do columns.append('cast(given.c' ~ loop.index ~ ' as ' ~ tokumei.sql_type(type) ~ ')') -%}
    {%- endfor -%}
    {{- return('insert into ' ~ relation ~ ' select ' ~ columns | join(', ') ~ ' from values ' ~ rows | join(',\n') ~ ' as given (' ~ names | join(', ') ~ ')') -}}
{%- endmacro %}
