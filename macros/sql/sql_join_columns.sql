{#- Equality of several columns, null being a value of its own. `nullable` names those that may be null:
    the others join by plain equality, which every engine does fastest. -#}
{% macro sql_join_columns(left, right, columns, nullable) -%}
    {%- set conditions = [] -%}
    {%- for column in columns -%}
        {%- set name = tokumei.sql_identifier(column) -%}
        {%- if column in nullable -%}
            {%- do conditions.append(tokumei.sql_same(left ~ '.' ~ name, right ~ '.' ~ name)) -%}
        {%- else -%}
            {%- do conditions.append(left ~ '.' ~ name ~ ' = ' ~ right ~ '.' ~ name) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(conditions) -}}
{%- endmacro %}
