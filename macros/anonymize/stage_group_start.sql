{#- Before the first split: one group a cell. Several columns are made alike first, in 1/10,000 of their standard
    deviation (z_…), whole numbers throughout: engines differ in the last digits of others. -#}
{% macro stage_group_start(members, at_met, unique) -%}
{%- set xs = tokumei._numbered('met.x_', members) -%}
{%- set kept = ['met.place', 'met.cell'] + ([] if unique else ['met.subject']) + xs -%}
{%- set weight = 'cast(sum(met.weight) as bigint)' if unique else '1' -%}
{%- if members | length == 1 -%}
select
    {{ tokumei._lines(kept + [weight ~ ' as weight', 'met.cell as node', 'true as dividing']) }}
from {{ tokumei._as(at_met, 'met') }}
where met.whole
group by {{ kept | join(', ') }}
{%- else -%}
{%- set ranges = [] -%}
{%- set levels = [] -%}
{%- set moments = ['cast(sum(levelled.weight) as bigint) as weight'] -%}
{%- set deviations = [] -%}
{%- set scaled = [] -%}
{%- for x in xs -%}
    {%- set n = loop.index -%}
    {%- do ranges.extend(['min(' ~ x ~ ') as low_' ~ n, 'max(' ~ x ~ ') as high_' ~ n]) -%}
    {%- do levels.append('coalesce(cast(' ~ tokumei.sql_quotient(tokumei.sql_wide('met.x_' ~ n ~ ' - bounds.low_' ~ n) ~ ' * 100000000', 'bounds.high_' ~ n ~ ' - bounds.low_' ~ n) ~ ' as bigint), 0) as level_' ~ n) -%}
    {%- set level = 'levelled.level_' ~ n -%}
    {%- do moments.extend(['sum(levelled.weight * ' ~ level ~ ') as sum_' ~ n, 'sum(' ~ tokumei.sql_wide('levelled.weight') ~ ' * ' ~ level ~ ' * ' ~ level ~ ') as squares_' ~ n]) -%}
    {%- set variance = tokumei.sql_quotient('moments.weight * moments.squares_' ~ n ~ ' - moments.sum_' ~ n ~ ' * moments.sum_' ~ n, tokumei.sql_wide('moments.weight') ~ ' * moments.weight') -%}
    {%- do deviations.append('greatest(cast(floor(sqrt(cast(' ~ variance ~ ' as ' ~ tokumei.sql_type('double precision') ~ '))) as bigint), 1) as deviation_' ~ n) -%}
    {%- do scaled.append('cast(' ~ tokumei.sql_quotient('levelled.level_' ~ n ~ ' * 10000', 'deviations.deviation_' ~ n) ~ ' as bigint) as z_' ~ n) -%}
{%- endfor -%}
{%- set kept_levels = ['levelled.place', 'levelled.cell'] + ([] if unique else ['levelled.subject']) + tokumei._numbered('levelled.x_', members) -%}
with bounds as (
    select
        {{ tokumei._lines(ranges, 8) }}
    from {{ tokumei._as(at_met, 'met') }}
    where met.whole
),

levelled as (
    select
        {{ tokumei._lines(kept + [weight ~ ' as weight'] + levels, 8) }}
    from {{ tokumei._as(at_met, 'met') }}
    cross join bounds
    where met.whole
    group by {{ kept | join(', ') }}, {{ (tokumei._numbered('bounds.low_', members) + tokumei._numbered('bounds.high_', members)) | join(', ') }}
),

moments as (
    select
        {{ tokumei._lines(moments, 8) }}
    from levelled
),

deviations as (
    select
        {{ tokumei._lines(deviations, 8) }}
    from moments
)

select
    {{ tokumei._lines(kept_levels + ['levelled.weight', 'levelled.cell as node', 'true as dividing'] + scaled) }}
from levelled
cross join deviations
{%- endif -%}
{%- endmacro %}
