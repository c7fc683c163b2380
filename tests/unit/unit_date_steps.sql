{{ config(materialized='ephemeral', enabled=(project_name == 'tokumei')) }}
{%- set born = tokumei._value('given.born', 'date') -%}
{%- set written = tokumei._value('given.written', 'text') -%}
select
    given.born,
    {{ tokumei.step_truncate(born, {'unit': 'year'}, {}).sql }} as birth_year,
    {{ tokumei.step_truncate(born, {'unit': 'quarter'}, {}).sql }} as birth_quarter,
    {{ tokumei.step_truncate(written, {'unit': 'month'}, {}).sql }} as month_of_text,
    {{ tokumei.step_age(born, {'at': '2023-02-28'}, {}).sql }} as age_in_february,
    {{ tokumei.step_age(born, {'at': '2023-03-01'}, {}).sql }} as age_in_march,
    {{ tokumei.step_bottom_code(born, {'at': '1930-01-01'}, {}).sql }} as bottom
from {{ ref('unit_given') }} as given
