{#- Of each class, against everyone: the earth mover's distance over the ranks of numbers or dates, the whole range being 1;
    what has no rank lies at a distance of 1 from all else. Taken between the two quantile functions: the ranks that the
    same share of the class and of everyone reaches. Between two steps of the class its rank is constant, and that of
    everyone passes it where everyone's share up to that rank is reached. -#}
{% macro class_ordered_distance(counts, everyone, type, labels) -%}
with {{ tokumei._ranks_of_everyone(everyone, type, labels) }},

steps as (
    select
        counted.class_no,
        ranked.place,
        ranked.share_up_to as passed_at,
        sum(counted.subjects) over (partition by counted.class_no order by ranked.place)
        / sum(counted.subjects) over (partition by counted.class_no) as ends_at
    from {{ counts }} as counted
    inner join ranked on {{ tokumei.sql_same('counted.value', 'ranked.value') }}
),

reached as (
    select
        every_step.class_no,
        every_step.place,
        max(every_step.everyone_place) over (order by every_step.ends_at, every_step.own rows unbounded preceding) as everyone_place
    from (
        select null as class_no, null as place, travelled.share_up_to as ends_at, travelled.place as everyone_place, 0 as own
        from travelled
        union all
        select steps.class_no, steps.place, steps.ends_at, null as everyone_place, 1 as own
        from steps
    ) as every_step
),

ends as (
    select
        steps.class_no,
        steps.place,
        steps.ends_at,
        steps.passed_at,
        passed.ranks_up_to as ranks_passed,
        coalesce(travelled.ranks_up_to, 0) + (coalesce(travelled.place, 0) + 1) * (steps.ends_at - coalesce(travelled.share_up_to, 0)) as ranks_at_end
    from steps
    inner join reached on steps.class_no = reached.class_no and steps.place = reached.place
    inner join travelled as passed on steps.place = passed.place
    left join travelled on reached.everyone_place = travelled.place
),

segments as (
    select
        ends.class_no,
        ends.place,
        ends.passed_at,
        ends.ranks_passed,
        ends.ends_at,
        ends.ranks_at_end,
        coalesce(lag(ends.ends_at) over in_order, 0) as starts_at,
        coalesce(lag(ends.ranks_at_end) over in_order, 0) as ranks_at_start
    from ends
    window in_order as (partition by ends.class_no order by ends.place)
),

moved as (
    select
        segments.class_no,
        sum(case
            when segments.passed_at <= segments.starts_at then
                segments.ranks_at_end - segments.ranks_at_start - segments.place * (segments.ends_at - segments.starts_at)
            when segments.passed_at >= segments.ends_at then
                segments.place * (segments.ends_at - segments.starts_at) - segments.ranks_at_end + segments.ranks_at_start
            else
                segments.place * (2 * segments.passed_at - segments.starts_at - segments.ends_at)
                + segments.ranks_at_start + segments.ranks_at_end - 2 * segments.ranks_passed
        end) / greatest((select count(*) from ranked) - 1, 1) as distance
    from segments
    group by segments.class_no
),

sizes as (
    select
        counted.class_no,
        sum(case when ranked.place is not null then counted.subjects else 0 end) / sum(counted.subjects) as ranked_share
    from {{ counts }} as counted
    left join ranked on {{ tokumei.sql_same('counted.value', 'ranked.value') }}
    group by counted.class_no
),

size_of_all as (
    select sum(case when ranked.place is not null then everyone.subjects else 0 end) / sum(everyone.subjects) as ranked_share
    from {{ everyone }} as everyone
    left join ranked on {{ tokumei.sql_same('everyone.value', 'ranked.value') }}
)

select
    sizes.class_no,
    abs(sizes.ranked_share - size_of_all.ranked_share)
    + least(sizes.ranked_share, size_of_all.ranked_share) * greatest(coalesce(moved.distance, 0), 0) as distance
from sizes
cross join size_of_all
left join moved on sizes.class_no = moved.class_no
{%- endmacro %}
