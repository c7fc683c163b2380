{#- The direction in which the records of each group spread most (the first principal component), in thousandths: the
    covariances times the column of the largest variance, a few times over. -#}
{% macro stage_group_direction(members, before) -%}
{%- set count = members | length -%}
{%- set moments = ['cast(sum(open_group.weight) as bigint) as weight'] -%}
{%- set covariances = [] -%}
{%- set shares = [] -%}
{%- for i in range(1, count + 1) -%}
    {%- do moments.append('sum(open_group.weight * open_group.z_' ~ i ~ ') as s_' ~ i) -%}
    {%- for j in range(i, count + 1) -%}
        {%- do moments.append('sum(open_group.weight * open_group.z_' ~ i ~ ' * open_group.z_' ~ j ~ ') as s_' ~ i ~ '_' ~ j) -%}
        {%- do covariances.append('moments.weight * moments.s_' ~ i ~ '_' ~ j ~ ' - moments.s_' ~ i ~ ' * moments.s_' ~ j ~ ' as c_' ~ i ~ '_' ~ j) -%}
        {%- do shares.append('coalesce(cast(' ~ tokumei.sql_quotient('1000 * covariances.c_' ~ i ~ '_' ~ j, tokumei._group_greatest_variance(count)) ~ ' as bigint), 0) as r_' ~ i ~ '_' ~ j) -%}
    {%- endfor -%}
{%- endfor -%}
{%- set shares_kept = [] -%}
{%- for i in range(1, count + 1) -%}{%- for j in range(i, count + 1) -%}{%- do shares_kept.append('r_' ~ i ~ '_' ~ j) -%}{%- endfor -%}{%- endfor -%}
{%- set first = [] -%}
{%- for i in range(1, count + 1) -%}
    {%- set branches = [] -%}
    {%- for axis in range(1, count + 1) -%}
        {%- do branches.append('when shares.r_' ~ axis ~ '_' ~ axis ~ ' = 1000 then shares.' ~ tokumei._direction_share(axis, i)) -%}
    {%- endfor -%}
    {%- do first.append('case ' ~ branches | join(' ') ~ ' else 0 end as v_' ~ i) -%}
{%- endfor -%}
moments as {{ tokumei.sql_once() }}(
    select
        open_group.node,
        {{ tokumei._lines(moments, 8) }}
    from {{ before }} as open_group
    where open_group.dividing
    group by open_group.node
),

covariances as {{ tokumei.sql_once() }}(
    select
        moments.node,
        {{ tokumei._lines(covariances, 8) }}
    from moments
),

shares as {{ tokumei.sql_once() }}(
    select
        covariances.node,
        {{ tokumei._lines(shares, 8) }}
    from covariances
),

turned_1 as {{ tokumei.sql_once() }}(
    select
        shares.*,
        {{ tokumei._lines(first, 8) }}
    from shares
),
{%- set turns = 4 -%}
{%- for turn in range(2, turns + 1) %}

turned_{{ turn }} as {{ tokumei.sql_once() }}(
    select
        {{ tokumei._lines(tokumei._prefixed('turned', ['node'] + shares_kept) + tokumei._group_turned(count), 8) }}
    from turned_{{ turn - 1 }} as turned
),
{%- endfor %}
{%- set lengths = [] -%}
{%- for i in range(1, count + 1) -%}{%- do lengths.append('abs(turned.v_' ~ i ~ ')') -%}{%- endfor -%}
{%- set final = [] -%}
{%- for i in range(1, count + 1) -%}
    {%- do final.append('coalesce(cast(' ~ tokumei.sql_quotient('1000 * turned.v_' ~ i, 'greatest(' ~ lengths | join(', ') ~ ')') ~ ' as bigint), 0) as v_' ~ i) -%}
{%- endfor %}

direction as {{ tokumei.sql_once() }}(
    select
        {{ tokumei._lines(['turned.node'] + final, 8) }}
    from turned_{{ turns }} as turned
)
{%- endmacro %}

{% macro _direction_share(i, j) -%}
    {{- return('r_' ~ [i, j] | min ~ '_' ~ [i, j] | max) -}}
{%- endmacro %}

{% macro _group_greatest_variance(count) -%}
    {%- set variances = [] -%}
    {%- for i in range(1, count + 1) -%}{%- do variances.append('covariances.c_' ~ i ~ '_' ~ i) -%}{%- endfor -%}
    {{- return('greatest(' ~ variances | join(', ') ~ ')') -}}
{%- endmacro %}

{#- The shares times the direction. -#}
{% macro _group_turned(count) -%}
    {%- set turned = [] -%}
    {%- for i in range(1, count + 1) -%}
        {%- set terms = [] -%}
        {%- for j in range(1, count + 1) -%}{%- do terms.append('turned.' ~ tokumei._direction_share(i, j) ~ ' * turned.v_' ~ j) -%}{%- endfor -%}
        {%- do turned.append('cast(' ~ tokumei.sql_quotient(terms | join(' + '), 1000) ~ ' as bigint) as v_' ~ i) -%}
    {%- endfor -%}
    {{- return(turned) -}}
{%- endmacro %}
