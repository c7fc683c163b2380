{#- The columns of any relation that hold My Numbers and are not approved, as rows of a failing data test: names and counts. -#}
{% macro my_numbers_as_test(relation, approved=[]) -%}
    {%- set query = tokumei.my_number_counts(relation) if execute else none -%}
    {%- if query is none -%}
        {{- return("select cast('' as " ~ tokumei.sql_type('text') ~ ") as column_name where 1 = 0") -}}
    {%- endif -%}
    {%- set named = [] -%}
    {%- for name in approved -%}{%- do named.append(tokumei.sql_literal(name)) -%}{%- endfor -%}
    {{- return('select found.column_name, found.my_number_form, found.my_number from (' ~ query ~ ') as found' ~ (' where found.column_name not in (' ~ named | join(', ') ~ ')' if named else '')) -}}
{%- endmacro %}
