{#- Neighbouring groups of one column as one, two by two, to be cut again wherever it is best (`odd`: the first stays alone). -#}
{% macro stage_group_pairs(before, odd, unique) -%}
{%- set carried = ['place', 'cell'] + ([] if unique else ['subject']) + ['x_1', 'weight'] -%}
select
    {{ tokumei._lines(tokumei._prefixed('numbered', carried)) }},
    min(numbered.node) over (partition by numbered.cell, {{ tokumei.sql_quotient('numbered.group_number' ~ (' + 1' if odd else ''), 2) }}) as node,
    true as dividing
from (
    select
        made.*,
        dense_rank() over (partition by made.cell order by made.node) - 1 as group_number
    from {{ tokumei._as(before, 'made') }}
) as numbered
{%- endmacro %}
