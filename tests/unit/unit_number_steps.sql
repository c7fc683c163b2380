{{ config(materialized='ephemeral', enabled=(project_name == 'tokumei')) }}
{%- set labels = ['young', 'working', 'old'] -%}
{%- set n = tokumei._value('given.n', 'integer') -%}
{%- set amount = tokumei._value('given.amount', 'number') -%}
{%- set written = tokumei._value('given.written', 'text') -%}
select
    given.n,
    {{ tokumei.step_band(n, {'width': 10}, {}).sql }} as band,
    {{ tokumei.step_band(n, {'width': 10, 'label': '{from}-{to}'}, {}).sql }} as labelled_band,
    {{ tokumei.step_band(n, {'edges': [20, 65], 'labels': labels}, {}).sql }} as edges,
    {{ tokumei.step_round(amount, {'unit': 0.5}, {}).sql }} as rounded,
    {{ tokumei.step_band(written, {'width': 10}, {}).sql }} as band_of_text,
    {{ tokumei.step_top_code(n, {'at': 90}, {}).sql }} as top,
    {{ tokumei.step_top_code(n, {'at': 90, 'label': '90+'}, {}).sql }} as labelled_top,
    {{ tokumei.step_bottom_code(n, {'at': 20}, {}).sql }} as bottom
from {{ ref('unit_given') }} as given
