{#- Before the first split: one part a cell. -#}
{% macro stage_mondrian_start(axes, at_coded, unique) -%}
{%- set keys = ['coded.cell', 'coded.place'] + ([] if unique else ['coded.subject']) + tokumei._numbered('coded.x_', axes) -%}
select
    {{ tokumei._lines(keys[1:] + ['cast(sum(coded.weight) as bigint) as weight' if unique else 'cast(1 as bigint) as weight', 'min(coded.place) over (partition by coded.cell) as node', 'true as dividing']) }}
from {{ tokumei._as(at_coded, 'coded') }}
group by {{ keys | join(', ') }}
{%- endmacro %}
