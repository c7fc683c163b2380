{#- One pass of Mondrian: every part that is `dividing` is divided along its widest column, of those along which it can be. A
    number is cut at the median subject (null from numbers, first). A ladder is cut into the labels below the one that
    covers the part: those of too few subjects stay together, and where they are still too few, with the smallest of the
    others. No part has fewer than k subjects. -#}
{% macro stage_mondrian_split(axes, before, at_rungs, k, unique) -%}
{%- set xs = tokumei._numbered('x_', axes) -%}
{%- set numbers = axes | selectattr('member', 'defined') | map(attribute='number') | list -%}
{%- set ladders = axes | rejectattr('member', 'defined') | map(attribute='number') | list -%}
{%- set carried = ['place'] + ([] if unique else ['subject']) + xs + ['weight'] -%}
{%- set of_row = [] -%}
{%- for axis in axes -%}{%- do of_row.append('when ' ~ axis['number'] ~ ' then open_part.x_' ~ axis['number']) -%}{%- endfor -%}
with open_part as (
    select *
    from {{ tokumei._as(before, 'part') }}
    where part.dividing
),

spread as {{ tokumei.sql_once() }}(
{%- for axis in axes %}
    select
        open_part.node,
        {{ axis['number'] }} as axis,
        {{ 'open_part.subject,' if not unique }}
        open_part.x_{{ axis['number'] }} as x,
        cast(sum(open_part.weight) as bigint) as weight
    from open_part
    group by open_part.node, {{ '' if unique else 'open_part.subject, ' }}open_part.x_{{ axis['number'] }}
    {{- '\n    union all' if not loop.last }}
{%- endfor %}
),

spans as (
    select
        spread.node,
        spread.axis,
        min(spread.x) as low,
        max(spread.x) as high
    from spread
    group by spread.node, spread.axis
    having min(spread.x) < max(spread.x)
),

{{ tokumei._mondrian_widths(numbers, ladders, before, at_rungs, unique) }},

children as {{ tokumei.sql_once() }}(
    select
        placed.node,
        placed.axis,
        placed.child,
        {{ 'sum(placed.weight)' if unique else 'count(distinct placed.subject)' }} as subjects,
        {{ 'sum(placed.weight)' if unique else 'sum(placed.begins)' }} as begins,
        {{ 'sum(placed.weight)' if unique else 'sum(placed.ends)' }} as ends
    from placed
    group by placed.node, placed.axis, placed.child
),

{{ tokumei._mondrian_parts(numbers, ladders, k, unique) }},

chosen as (
    select
        divisible.node,
        divisible.axis,
        divisible.unit
    from (
        select
            widths.node,
            widths.axis,
            widths.unit,
            row_number() over (partition by widths.node order by widths.width desc, widths.axis) as choice
        from widths
        inner join (
            select
                parts.node,
                parts.axis
            from parts
            group by parts.node, parts.axis
            having min(parts.part) < max(parts.part)
        ) as several on widths.node = several.node and widths.axis = several.axis
    ) as divisible
    where divisible.choice = 1
)

select
    {{ tokumei._lines(tokumei._prefixed('divided', carried)) }},
    min(divided.place) over (partition by divided.node, divided.part) as node,
    divided.part is not null and sum(divided.weight) over (partition by divided.node, divided.part) >= {{ 2 * k }} as dividing
from (
    select
        {{ tokumei._lines(tokumei._prefixed('open_part', carried + ['node']), 8) }},
        parts.part
    from open_part
    left join chosen on open_part.node = chosen.node
    left join parts
        on chosen.node = parts.node and chosen.axis = parts.axis
        and (case chosen.axis {{ of_row | join(' ') }} end & -chosen.unit) = parts.child
) as divided

union all

select
    {{ tokumei._lines(tokumei._prefixed('closed_part', carried + ['node', 'dividing'])) }}
from {{ before }} as closed_part
where not closed_part.dividing
{%- endmacro %}
