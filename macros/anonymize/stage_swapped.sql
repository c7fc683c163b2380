{#- The treated records with the values they take. -#}
{% macro stage_swapped(policy, at, shape) -%}
{%- set swapped = shape['swaps'] | map(attribute='name') | list -%}
{%- set columns = ['treated.tokumei_subject as tokumei_subject', 'treated.tokumei_record as tokumei_record'] -%}
{%- for column in policy['columns'] if column['name'] != policy['token'] -%}
    {%- set name = tokumei.sql_identifier(column['name']) -%}
    {%- do columns.append((tokumei.sql_identifier('giver_' ~ column['name']) ~ '.value' if column['name'] in swapped else 'treated.' ~ name) ~ ' as ' ~ name) -%}
{%- endfor -%}
select
    {{ tokumei._lines(columns) }}
from {{ tokumei._as(at['treated'], 'treated') }}
{%- for column in shape['swaps'] %}
{%- set taker = tokumei.sql_identifier('taker_' ~ column['name']) %}
{%- set giver = tokumei.sql_identifier('giver_' ~ column['name']) %}
{%- set by = tokumei._step_arguments(column, 'swap').get('by') %}
inner join {{ at['swaps'][column['name']] }} as {{ taker }}
    on treated.tokumei_subject = {{ taker }}.tokumei_subject and treated.tokumei_record = {{ taker }}.tokumei_record
inner join {{ at['swaps'][column['name']] }} as {{ giver }}
    on {{ taker }}.block = {{ giver }}.block and {{ taker }}.takes = {{ giver }}.position
    {{- ' and ' ~ tokumei.sql_same(taker ~ '.by_1', giver ~ '.by_1') if by }}
{%- endfor -%}
{%- endmacro %}
