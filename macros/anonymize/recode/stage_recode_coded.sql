{#- What was met, as whole numbers x_1, x_2 …: the code of its ladder, or the number itself, with null below all numbers. -#}
{% macro stage_recode_coded(recode, axes, at_met, at_ladders, unique) -%}
{%- set columns = ['met.cell', 'met.weight'] + ([] if unique else ['met.subject']) + tokumei._numbered('met.key_', recode['keys']) -%}
{%- set xs = [] -%}
{%- for axis in axes -%}
    {%- set number = axis['number'] | string -%}
    {%- do xs.append('coalesce(met.value_' ~ number ~ ', ' ~ tokumei.recode_null() ~ ')' if axis['member'] else 'ladder_' ~ number ~ '.code') -%}
    {%- do columns.append(xs[-1] ~ ' as x_' ~ number) -%}
{%- endfor -%}
select
    {{ tokumei._lines(columns + ['dense_rank() over (order by ' ~ (['met.cell'] + xs) | join(', ') ~ ') as place']) }}
from {{ tokumei._as(at_met, 'met') }}
{%- for axis in axes if not axis['member'] %}
inner join {{ tokumei._as(at_ladders, 'ladder_' ~ axis['number']) }}
    on ladder_{{ axis['number'] }}.axis = {{ axis['number'] }} and {{ tokumei.sql_same('met.value_' ~ axis['number'], 'ladder_' ~ axis['number'] ~ '.value') }}
{%- endfor -%}
{%- endmacro %}

{#- Below every number of 18 digits. -#}
{% macro recode_null() -%}
    {{- return('-4611686018427387904') -}}
{%- endmacro %}
