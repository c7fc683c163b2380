{{ config(materialized='ephemeral', enabled=(project_name == 'tokumei')) }}
{%- set written = tokumei._value('given.written', 'text') -%}
{%- set amount = tokumei._value('given.amount', 'number') -%}
select
    {{ tokumei.step_keep(written, {}, {}).sql }} as kept,
    {{ tokumei.step_prefix(written, {'characters': 3}, {}).sql }} as prefix,
    {{ tokumei.step_prefix(amount, {'characters': 9}, {}).sql }} as prefix_of_number,
    {{ tokumei.join_text('given.written') }} as joined_as
from {{ ref('unit_given') }} as given
