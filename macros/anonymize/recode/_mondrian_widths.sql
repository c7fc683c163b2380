{#- How wide each part is along each column, in millionths of the whole, and by which unit it would be divided. A number counts
    half: a cut leaves half of its width, a step down a ladder may leave nothing. -#}
{% macro _mondrian_widths(numbers, ladders, before, at_rungs, unique) -%}
{%- if numbers %}
bounds as (
{%- for number in numbers %}
    select
        {{ number }} as axis,
        min(part.x_{{ number }}) as low,
        max(part.x_{{ number }}) as high
    from {{ tokumei._as(before, 'part') }}
    where part.x_{{ number }} > {{ tokumei.recode_null() }}
    {{- '\n    union all' if not loop.last }}
{%- endfor %}
),
{% endif -%}
{%- if ladders %}
masks as (
    select distinct
        rung.axis,
        rung.level,
        rung.unit
    from {{ tokumei._as(at_rungs, 'rung') }}
),

heights as (
    select
        spans.node,
        spans.axis,
        spans.low,
        min(masks.level) as level
    from spans
    inner join masks on spans.axis = masks.axis and (spans.low & -masks.unit) = (spans.high & -masks.unit)
    group by spans.node, spans.axis, spans.low
),
{% endif %}
widths as {{ tokumei.sql_once() }}(
{%- if numbers %}
    select
        spans.node,
        spans.axis,
        cast(1 as bigint) as unit,
        case when spans.low = {{ tokumei.recode_null() }} then 1000000 else {{ tokumei.sql_quotient(tokumei.sql_wide('spans.high - spans.low') ~ ' * 500000', 'bounds.high - bounds.low') }} end as width
    from spans
    inner join bounds on spans.axis = bounds.axis
{%- endif %}
{%- if numbers and ladders %}
    union all
{%- endif %}
{%- if ladders %}
    select
        heights.node,
        heights.axis,
        below.unit,
        {{ tokumei.sql_quotient(tokumei.sql_wide('above.leaves - 1') ~ ' * 1000000', 'whole.leaves - 1') }} as width
    from heights
    inner join masks as below on heights.axis = below.axis and heights.level - 1 = below.level
    inner join {{ tokumei._as(at_rungs, 'above') }}
        on heights.axis = above.axis and heights.level = above.level and (heights.low & -above.unit) = above.code
    inner join (
        select
            rung.axis,
            max(rung.leaves) as leaves
        from {{ tokumei._as(at_rungs, 'rung') }}
        group by rung.axis
    ) as whole on heights.axis = whole.axis
{%- endif %}
),

placed as (
    select
        spread.*,
        spread.x & -widths.unit as child
{%- if not unique %},
        case when row_number() over (partition by spread.node, spread.axis, spread.subject order by spread.x) = 1 then 1 else 0 end as begins,
        case when row_number() over (partition by spread.node, spread.axis, spread.subject order by spread.x desc) = 1 then 1 else 0 end as ends
{%- endif %}
    from spread
    inner join widths on spread.node = widths.node and spread.axis = widths.axis
)
{%- endmacro %}
