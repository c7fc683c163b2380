{#- The same by the ordered distance: the earth mover's over the ranks of numbers or dates, the whole range being 1. What has
    no rank (null, replacements, labels) lies at a distance of 1 from all else, and the rest is compared by itself:
    distance = |share without rank in the class − in all| + the smaller share with rank × distance of those with rank.

    The sum over all ranks of the difference of the two distribution functions is taken without a row for each rank of each
    class: |d| = d + 2 max(−d, 0), where the sum of d has a closed form, and between two values of a class its function is
    constant, so that −d is above 0 up to the rank at which that of all has reached it. -#}
{% macro stage_ordered_closeness(column, combinations, unique) -%}
{%- set in_order = 'order by readable.number, readable.moment, ' ~ tokumei.sql_text_order('readable.value') -%}
{%- set ordinal = tokumei._ordinal('everyone.value', column['type']) -%}
with counted as (
{{ tokumei.stage_class_counts(column, combinations, unique) | indent(4, first=true) }}
),

everyone as (
{{ tokumei.stage_everyone(column, combinations, unique) | indent(4, first=true) }}
),

ranked as (
    select
        readable.value,
        row_number() over in_order as place,
        sum(readable.subjects) over ({{ tokumei.sql_named_window('in_order', in_order) }} rows unbounded preceding) as up_to
    from (
        select
            everyone.value,
            everyone.subjects,
            {{ ordinal[0] }} as number,
            {{ ordinal[1] }} as moment
        from everyone
    ) as readable
    where (readable.number is not null or readable.moment is not null)
        and {{ tokumei._counts_towards_l('readable.value', column['labels']) }}
    window in_order as ({{ in_order }})
),

summed as (
    select
        ranked.place,
        ranked.up_to,
        sum(ranked.up_to) over (order by ranked.place) as area
    from ranked
),

alive as (
    select
        coalesce(max(ranks.places), 0) as places,
        coalesce(max(ranks.ranked), 0) as ranked,
        coalesce(max(ranks.area), 0) as area,
        sum(everyone.subjects) as subjects
    from everyone
    cross join (
        select count(*) as places, max(summed.up_to) as ranked, max(summed.area) as area
        from summed
    ) as ranks
),

steps as (
    select
        counted.tokumei_class_no,
        counted.subjects,
        ranked.place,
        sum(counted.subjects) over (partition by counted.tokumei_class_no order by ranked.place) as up_to,
        sum(counted.subjects) over (partition by counted.tokumei_class_no) as ranked,
        lead(ranked.place) over (partition by counted.tokumei_class_no order by ranked.place) - 1 as last_place
    from counted
    inner join ranked on {{ tokumei.sql_same('counted.value', 'ranked.value') }}
),

met as (
    select
        reached.tokumei_class_no,
        reached.place,
        max(reached.rank) over (order by reached.subjects, reached.own rows unbounded preceding) as met_place
    from (
        select null as tokumei_class_no, null as place, summed.up_to as subjects, summed.place as rank, 0 as own
        from summed
        union all
        select steps.tokumei_class_no, steps.place, floor(steps.up_to * alive.ranked / steps.ranked) as subjects, null as rank, 1 as own
        from steps
        cross join alive
    ) as reached
),

ranked_classes as (
    select
        steps.tokumei_class_no,
        max(steps.ranked) as ranked,
        (
            max(steps.ranked) * max(alive.area)
            - max(alive.ranked) * sum(steps.subjects * (alive.places - steps.place + 1))
            + 2 * coalesce(sum(case when until.place >= steps.place then
                (until.place - steps.place + 1) * steps.up_to * alive.ranked - steps.ranked * (until.area - since.area + since.up_to)
            end), 0)
        ) / max(steps.ranked * alive.ranked * greatest(alive.places - 1, 1)) as distance
    from steps
    cross join alive
    inner join met on steps.tokumei_class_no = met.tokumei_class_no and steps.place = met.place
    inner join summed as since on steps.place = since.place
    left join summed as until on least(coalesce(met.met_place, 0), coalesce(steps.last_place, alive.places)) = until.place
    group by steps.tokumei_class_no
)

select sized.tokumei_class_no
from (
    select counted.tokumei_class_no, sum(counted.subjects) as subjects
    from counted
    group by counted.tokumei_class_no
) as sized
cross join alive
left join ranked_classes on sized.tokumei_class_no = ranked_classes.tokumei_class_no
where abs(coalesce(ranked_classes.ranked, 0) / sized.subjects - alive.ranked / alive.subjects)
    + least(coalesce(ranked_classes.ranked, 0) / sized.subjects, alive.ranked / alive.subjects) * coalesce(ranked_classes.distance, 0)
    <= {{ column['t']['t'] }} + 1e-9
{%- endmacro %}
