{#- What stands for each value, or combination of values, that was met: the mean of its group on the grid, halves away from
    zero; the median of each column; or the medoid, the combination nearest to the mean. Null where a value is null, or
    where a cell holds fewer than k subjects. -#}
{% macro stage_groups(recode, members, at_met, start, made, unique) -%}
{%- set keys = tokumei._numbered('met.key_', recode['keys']) -%}
{%- set shown = [] -%}
{%- set known = [] -%}
{%- for key in keys -%}{%- do known.append(key ~ ' as key_' ~ loop.index) -%}{%- endfor -%}
{%- for member in members -%}
    {%- do shown.append(tokumei._group_value(member, 'represented.y_' ~ loop.index) ~ ' as shown_' ~ loop.index) -%}
{%- endfor -%}
with {% if members | length > 1 -%}
made as (
    select
        {{ tokumei._lines(tokumei._prefixed('start', ['place', 'weight'] + ([] if unique else ['subject']) + tokumei._numbered('x_', members) + tokumei._numbered('z_', members)) + ['grouped.node'], 8) }}
    from {{ tokumei._as(start, 'start') }}
    inner join (select distinct split.place, split.node from {{ tokumei._as(made, 'split') }}) as grouped on start.place = grouped.place
),
{%- set made = 'made' %}

{% endif -%}
{{ tokumei._representatives(recode, members, made) }},

sized as (
    select
        made.node,
        {{ 'sum(made.weight)' if unique else 'count(distinct made.subject)' }} as subjects
    from {{ tokumei._as(made, 'made') }}
    group by made.node
),

represented as (
    select
        grouped.place,
        {{ tokumei._lines(tokumei._numbered('representatives.y_', members), 8) }}
    from (select distinct made.place, made.node from {{ tokumei._as(made, 'made') }}) as grouped
    inner join representatives on grouped.node = representatives.node
    inner join sized on grouped.node = sized.node
    where sized.subjects >= {{ recode['k'] }}
)

select{{ '' if unique else ' distinct' }}
    {{ tokumei._lines(known + shown + ['represented.place is not null as changed']) }}
from {{ tokumei._as(at_met, 'met') }}
left join represented on met.place = represented.place
{%- endmacro %}
