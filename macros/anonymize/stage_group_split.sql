{#- One pass: every group that is `dividing` is cut in two, where both parts hold k subjects. Its records are put in order
    (of the column; of several, along the direction in which they spread most) and cut, between values only, where the
    means of the parts lie farthest apart. While groups are large, a cut leaves a quarter on both sides, so that there are
    log-many passes, and no remainder that would make a group larger than need be. -#}
{% macro stage_group_split(recode, members, before, unique, freely=false) -%}
{%- set k = recode['k'] -%}
{%- set onward = 'over (partition by placed.node order by placed.along, placed.place)' -%}
{%- set begins = 'placed.weight' if unique else 'placed.begins' -%}
{%- set ends = 'placed.weight' if unique else 'placed.ends' -%}
{%- set carried = ['place'] + ([] if unique else ['subject']) + (['cell', 'x_1'] if members | length == 1 else tokumei._numbered('z_', members)) + ['weight', 'node'] -%}
with {% if members | length > 1 -%}
{{ tokumei.stage_group_direction(members, before) }},

{% endif -%}
aligned as (
    select
        {{ tokumei._lines(tokumei._prefixed('open_group', carried) + [tokumei._group_along(members) ~ ' as along'], 8) }}
    from {{ before }} as open_group
{%- if members | length > 1 %}
    inner join direction on open_group.node = direction.node
{%- endif %}
    where open_group.dividing
),

spans as (
    select
        aligned.node,
        min(aligned.along) as low,
        max(aligned.along) as high,
        sum(aligned.weight) as weight,
        {{ 'sum(aligned.weight)' if unique else 'count(distinct aligned.subject)' }} as subjects
    from aligned
    group by aligned.node
),

placed as (
    select
        aligned.*,
        spans.weight as weight_of_all,
        spans.subjects,
        coalesce({{ tokumei.sql_quotient(tokumei.sql_wide('aligned.along - spans.low') ~ ' * 1000000', 'spans.high - spans.low') }}, 0) as part_of_span
{%- if not unique %},
        case when row_number() over (partition by aligned.node, aligned.subject order by aligned.along, aligned.place) = 1 then 1 else 0 end as begins,
        case when row_number() over (partition by aligned.node, aligned.subject order by aligned.along desc, aligned.place desc) = 1 then 1 else 0 end as ends
{%- endif %}
    from aligned
    inner join spans on aligned.node = spans.node
),

running as (
    select
        {{ tokumei._lines(tokumei._prefixed('placed', carried) + ['placed.along'], 8) }},
        placed.subjects,
        count(*) {{ onward }} as rows_left,
        sum({{ begins }}) {{ onward }} as subjects_left,
        placed.subjects - sum({{ ends }}) {{ onward }} as subjects_right,
        sum(placed.weight) {{ onward }} as weight_left,
        placed.weight_of_all - sum(placed.weight) {{ onward }} as weight_right,
        sum(placed.weight * placed.part_of_span) {{ onward }} as sum_left,
        sum(placed.weight * placed.part_of_span) over (partition by placed.node) as sum_of_all
    from placed
),

measured as (
    select
        running.node,
        running.rows_left,
        running.subjects_left,
        running.subjects_right,
        running.weight_left,
        running.weight_right,
        {{ 'true' if freely else '4 * least(running.subjects_left, running.subjects_right) >= running.subjects' }} as central,
        {{ 'true' if freely else 'running.subjects_left % ' ~ k ~ ' <= running.subjects % ' ~ k }} as without_remainder,
        cast({{ tokumei.sql_quotient('1000 * (running.sum_of_all - running.sum_left)', 'running.weight_right') }} - {{ tokumei.sql_quotient('1000 * running.sum_left', 'running.weight_left') }} as {{ tokumei.sql_type('double precision') }}) as apart,
        cast(running.weight_left as {{ tokumei.sql_type('double precision') }}) * cast(running.weight_right as {{ tokumei.sql_type('double precision') }}) as weights,
        abs(running.subjects_left - running.subjects_right) as off_centre
    from running
    where running.subjects_left >= {{ k }} and running.subjects_right >= {{ k }}
),

cuts as (
    select
        measured.node,
        measured.rows_left,
        measured.weight_left,
        measured.weight_right,
        row_number() over (
            partition by measured.node
            order by
                case when measured.central then 0 else 1 end,
                case when measured.central and measured.without_remainder then 0 else 1 end,
                case when measured.central then measured.weights * measured.apart * measured.apart end desc nulls last,
                measured.off_centre,
                measured.rows_left
        ) as choice
    from measured
)

select
    {{ tokumei._lines(tokumei._prefixed('running', carried[:-1]), 4) }},
    case when running.rows_left > cuts.rows_left then running.node + cuts.rows_left else running.node end as node,
    coalesce(case when running.rows_left > cuts.rows_left then cuts.weight_right else cuts.weight_left end >= {{ 2 * k }}, false) as dividing
from running
left join cuts on running.node = cuts.node and cuts.choice = 1
{%- if not freely %}

union all

select
    {{ tokumei._lines(tokumei._prefixed('closed_group', carried + ['dividing']), 4) }}
from {{ before }} as closed_group
where not closed_group.dividing
{%- endif %}
{%- endmacro %}
