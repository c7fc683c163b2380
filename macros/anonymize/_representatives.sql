{#- What stands for a group, by the policy's word: CTEs that end in `representatives`. -#}
{% macro _representatives(recode, members, made) -%}
    {%- if recode['representative'] == 'median' -%}
        {{- return(tokumei._group_medians(members, made)) -}}
    {%- elif recode['representative'] == 'medoid' -%}
        {{- return(tokumei._group_medoids(members, made)) -}}
    {%- endif -%}
    {{- return(tokumei._group_means(members, made)) -}}
{%- endmacro %}

{% macro _group_means(members, made) -%}
{%- set sums = [] -%}
{%- set means = [] -%}
{%- for member in members -%}
    {%- set sum = 'summed.s_' ~ loop.index -%}
    {%- do sums.append('sum(' ~ tokumei.sql_wide('made.weight') ~ ' * made.x_' ~ loop.index ~ ') as s_' ~ loop.index) -%}
    {%- do means.append('sign(' ~ sum ~ ') * ' ~ tokumei.sql_quotient('2 * abs(' ~ sum ~ ') + summed.weight * ' ~ member['grid'], '2 * summed.weight * ' ~ member['grid']) ~ ' * ' ~ member['grid'] ~ ' as y_' ~ loop.index) -%}
{%- endfor -%}
summed as (
    select
        made.node,
        {{ tokumei._lines(['sum(' ~ tokumei.sql_wide('made.weight') ~ ') as weight'] + sums, 8) }}
    from {{ tokumei._as(made, 'made') }}
    group by made.node
),

representatives as (
    select
        summed.node,
        {{ tokumei._lines(means, 8) }}
    from summed
)
{%- endmacro %}

{#- Of an even number, the lower of the two in the middle: a value that was met. -#}
{% macro _group_medians(members, made) -%}
{%- set columns = [] -%}
{%- set medians = [] -%}
{%- for member in members -%}
    {%- set x = 'made.x_' ~ loop.index -%}
    {%- do columns.append(x) -%}
    {%- do columns.append('2 * sum(made.weight) over (partition by made.node order by ' ~ x ~ ') >= sum(made.weight) over (partition by made.node) as reached_' ~ loop.index) -%}
    {%- do medians.append('min(case when ordered.reached_' ~ loop.index ~ ' then ordered.x_' ~ loop.index ~ ' end) as y_' ~ loop.index) -%}
{%- endfor -%}
ordered as (
    select
        made.node,
        {{ tokumei._lines(columns, 8) }}
    from {{ tokumei._as(made, 'made') }}
),

representatives as (
    select
        ordered.node,
        {{ tokumei._lines(medians, 8) }}
    from ordered
    group by ordered.node
)
{%- endmacro %}

{#- The least sum of squared distances to all others of its group is that of the nearest to the mean: no pairs are formed. -#}
{% macro _group_medoids(members, made) -%}
{%- set axis = 'made.x_' if members | length == 1 else 'made.z_' -%}
{%- set gaps = [] -%}
{%- for member in members -%}
    {%- set value = axis ~ loop.index -%}
    {%- set gap = 'sum(made.weight) over (partition by made.node) * ' ~ tokumei.sql_wide(value) ~ ' - sum(' ~ tokumei.sql_wide('made.weight') ~ ' * ' ~ value ~ ') over (partition by made.node)' -%}
    {%- do gaps.append('abs(' ~ gap ~ ')' if members | length == 1 else '(' ~ gap ~ ') * (' ~ gap ~ ')') -%}
{%- endfor -%}
ranked as (
    select
        distant.*,
        row_number() over (partition by distant.node order by distant.distance, distant.place) as nearness
    from (
        select
            made.node,
            made.place,
            {{ tokumei._lines(tokumei._numbered('made.x_', members), 12) }},
            {{ gaps | join(' + ') }} as distance
        from {{ tokumei._as(made, 'made') }}
    ) as distant
),

representatives as (
    select
        ranked.node,
        {{ tokumei._lines(tokumei._aliased('ranked.x_', 'y_', members), 8) }}
    from ranked
    where ranked.nearness = 1
)
{%- endmacro %}

{% macro _aliased(from, to, items) -%}
    {%- set names = [] -%}
    {%- for item in items -%}{%- do names.append(from ~ loop.index ~ ' as ' ~ to ~ loop.index) -%}{%- endfor -%}
    {{- return(names) -}}
{%- endmacro %}
