{#- One pass: every group that is `dividing` is cut in two, where both parts hold k subjects. Its records are put in order
    (of the column; of several, along the direction in which they spread most) and cut, between values only, where the
    means of the parts lie farthest apart. While groups are large, a cut leaves a quarter on both sides, so that there are
    log-many passes, and no remainder that would make a group larger than need be. -#}
{% macro stage_group_split(recode, members, before, unique, freely=false) -%}
{%- set k = recode['k'] -%}
{%- set within = 'partition by placed.node' -%}
{%- set onward = 'over (' ~ within ~ ' order by placed.along, placed.place)' -%}
{%- set carried = ['place', 'cell'] + ([] if unique else ['subject']) + tokumei._numbered('x_', members) + (tokumei._numbered('z_', members) if members | length > 1 else []) + ['weight', 'node'] -%}
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

placed as (
    select
        aligned.*,
        min(aligned.along) over (partition by aligned.node) as low,
        max(aligned.along) over (partition by aligned.node) as high
{%- if not unique %},
        row_number() over (partition by aligned.node, aligned.subject order by aligned.along, aligned.place) as first_of_subject,
        row_number() over (partition by aligned.node, aligned.subject order by aligned.along desc, aligned.place desc) as last_of_subject
{%- endif %}
    from aligned
),

counted as (
    select
        placed.*,
        {{ 'placed.weight' if unique else 'case when placed.first_of_subject = 1 then 1 else 0 end' }} as begins,
        {{ 'placed.weight' if unique else 'case when placed.last_of_subject = 1 then 1 else 0 end' }} as ends,
        coalesce({{ tokumei.sql_quotient(tokumei.sql_wide('placed.along - placed.low') ~ ' * 1000000', 'placed.high - placed.low') }}, 0) as offset_along
    from placed
),

running as (
    select
        {{ tokumei._lines(tokumei._prefixed('placed', carried) + ['placed.along'], 8) }},
        count(*) {{ onward }} as rows_left,
        sum(placed.begins) {{ onward }} as subjects_left,
        sum(placed.ends) over ({{ within }}) - sum(placed.ends) {{ onward }} as subjects_right,
        sum(placed.ends) over ({{ within }}) as subjects,
        sum(placed.weight) {{ onward }} as weight_left,
        sum(placed.weight) over ({{ within }}) - sum(placed.weight) {{ onward }} as weight_right,
        sum(placed.weight * placed.offset_along) {{ onward }} as sum_left,
        sum(placed.weight * placed.offset_along) over ({{ within }}) - sum(placed.weight * placed.offset_along) {{ onward }} as sum_right
    from counted as placed
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
        cast({{ tokumei.sql_quotient('1000 * running.sum_right', 'running.weight_right') }} - {{ tokumei.sql_quotient('1000 * running.sum_left', 'running.weight_left') }} as double precision) as apart,
        cast(running.weight_left as double precision) * cast(running.weight_right as double precision) as weights,
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

{% macro _prefixed(alias, names) -%}
    {%- set prefixed = [] -%}
    {%- for name in names -%}{%- do prefixed.append(alias ~ '.' ~ name) -%}{%- endfor -%}
    {{- return(prefixed) -}}
{%- endmacro %}

{#- Where a record lies: its value, or the product of its values and the direction. -#}
{% macro _group_along(members) -%}
    {%- if members | length == 1 -%}
        {{- return('open_group.x_1') -}}
    {%- endif -%}
    {%- set terms = [] -%}
    {%- for member in members -%}{%- do terms.append('open_group.z_' ~ loop.index ~ ' * direction.v_' ~ loop.index) -%}{%- endfor -%}
    {{- return(terms | join(' + ')) -}}
{%- endmacro %}
