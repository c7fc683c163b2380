{#- The text and number columns of a relation that hold My Numbers: [column, distinct values of 12 digits, those that pass].
    Every value is read. Judged among the values of 12 digits: elsewhere a column may hold anything. -#}
{% macro my_number_columns(relation, at_most) -%}
    {%- set query = tokumei.my_number_counts(relation, at_most) -%}
    {{- return(tokumei.answer_of(query).rows if query else []) -}}
{%- endmacro %}

{% macro my_number_counts(relation, at_most=0.05) -%}
    {%- set names = {} -%}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
        {%- set family = tokumei._type_family(column.data_type) -%}
        {%- if family in ['text', 'integer', 'number'] -%}{%- do names.update({column.name: family}) -%}{%- endif -%}
    {%- endfor -%}
    {{- return(tokumei._my_number_counts(relation, names, at_most) if names else none) -}}
{%- endmacro %}

{% macro _my_number_counts(relation, names, at_most) -%}
{%- set reading = tokumei.reads_as_my_number({'digits': 'numbered.digits'}) -%}
with numbered as {{ tokumei.sql_once() }}(
    {%- for name, family in names.items() %}
    {%- set column = 'held.' ~ tokumei.sql_identifier(name) %}
    {%- set text = tokumei.sql_number_text(column) if family == 'number' else tokumei.sql_text(column) %}
    select distinct
        {{ loop.index }} as place,
        cast({{ tokumei.sql_literal(name) }} as {{ tokumei.sql_type('text') }}) as column_name,
        {{ tokumei.digits_of(tokumei.written_form(text)) if family == 'text' else text }} as digits
    from {{ relation }} as held
    where length({{ text }}) between 12 and 40
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

counted as (
    select
        numbered.place,
        numbered.column_name,
        count(*) as my_number_form,
        sum(case when {{ reading['passes'] }} then 1 else 0 end) as my_number
    from numbered
    where length(numbered.digits) = 12 and {{ tokumei.sql_matches('numbered.digits', '^[0-9]{12}$') }}
    group by numbered.place, numbered.column_name
)

select
    counted.column_name,
    cast(counted.my_number_form as bigint) as my_number_form,
    cast(counted.my_number as bigint) as my_number
from counted
where
    {{ tokumei.passed_significantly('counted', 'my_number') }}
    and {{ tokumei.passed_beyond_chance('counted', 'my_number') }} > {{ at_most }} * counted.my_number_form
{%- endmacro %}
