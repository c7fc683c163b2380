{#- Into which part each child would come: left or right of the best cut; alone, or with what is too small to be (-1). -#}
{% macro _mondrian_parts(numbers, ladders, k, unique) -%}
{%- if numbers %}
running as (
    select
        children.node,
        children.axis,
        children.child,
        sum(children.begins) over onward as subjects_left,
        {{ 'sum(children.subjects) over (partition by children.node, children.axis)' if unique else 'members.subjects' }} - sum(children.ends) over onward as subjects_right
    from children
{%- if not unique %}
    inner join (
        select
            open_part.node,
            count(distinct open_part.subject) as subjects
        from open_part
        group by open_part.node
    ) as members on children.node = members.node
{%- endif %}
    where children.axis in ({{ numbers | join(', ') }})
    window onward as (partition by children.node, children.axis order by children.child)
),

cuts as (
    select
        running.node,
        running.axis,
        running.child,
        row_number() over (
            partition by running.node, running.axis
            order by
                case when running.child = {{ tokumei.recode_null() }} then 0 else 1 end,
                abs(running.subjects_left - running.subjects_right),
                running.child
        ) as choice
    from running
    where running.subjects_left >= {{ k }} and running.subjects_right >= {{ k }}
),
{% endif -%}
{%- if ladders %}
sized as (
    select
        children.node,
        children.axis,
        children.child,
        children.subjects,
        row_number() over (
            partition by children.node, children.axis, children.subjects >= {{ k }}
            order by children.subjects, children.child
        ) as place
    from children
    where children.axis in ({{ ladders | join(', ') }})
),

small as (
    select
        placed.node,
        placed.axis,
        {{ 'sum(placed.weight)' if unique else 'count(distinct placed.subject)' }} as subjects
    from placed
    inner join sized on placed.node = sized.node and placed.axis = sized.axis and placed.child = sized.child
    where sized.subjects < {{ k }}
    group by placed.node, placed.axis
),
{% endif %}
parts as {{ tokumei.sql_once() }}(
{%- if numbers %}
    select
        children.node,
        children.axis,
        children.child,
        case when children.child <= cuts.child then 0 else 1 end as part
    from children
    inner join cuts on children.node = cuts.node and children.axis = cuts.axis and cuts.choice = 1
{%- endif %}
{%- if numbers and ladders %}
    union all
{%- endif %}
{%- if ladders %}
    select
        sized.node,
        sized.axis,
        sized.child,
        case
            when sized.subjects < {{ k }} or sized.place = 1 and small.subjects < {{ k }} then -1
            else sized.child
        end as part
    from sized
    left join small on sized.node = small.node and sized.axis = small.axis
{%- endif %}
)
{%- endmacro %}
