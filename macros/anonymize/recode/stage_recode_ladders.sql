{#- Every value of a column with a ladder: its label at each level, `*` at the last, the leaves under it, and a code in which
    each level has bits of its own, the coarsest first: to generalize is to clear the bits below `unit_…`. -#}
{% macro stage_recode_ladders(axes, at, at_met) -%}
{%- set top = tokumei.recode_top(axes) -%}
{%- set leaves = [] -%}
{%- for axis in axes if not axis['member'] -%}
    {%- do leaves.extend(tokumei._ladder_leaves(axis, at, at_met, top)) -%}
{%- endfor -%}
{%- set labels = [] -%}
{%- set ranks = [] -%}
{%- set sizes = [] -%}
{%- set widest = [] -%}
{%- set units = [] -%}
{%- set terms = [] -%}
{%- for level in range(top) -%}
    {%- do ranks.append('dense_rank() over (partition by leaf.axis, leaf.label_' ~ (level + 1) ~ ' order by ' ~ tokumei.sql_text_order('leaf.label_' ~ level) ~ ' nulls last) - 1 as rank_' ~ level) -%}
    {%- do widest.append('select ranked.axis, ' ~ level ~ ' as level, max(ranked.rank_' ~ level ~ ') as last from ranked group by ranked.axis') -%}
    {%- do terms.append('ranked.rank_' ~ level ~ ' * units.unit_' ~ level) -%}
{%- endfor -%}
{%- for level in range(top + 1) -%}
    {%- do labels.append('leaf.label_' ~ level) -%}
    {%- do sizes.append('cast(sum(leaf.leaves) over (partition by leaf.axis, leaf.label_' ~ level ~ ') as bigint) as leaves_' ~ level) -%}
    {%- do units.append('max(case when shifted.level = ' ~ level ~ ' then powers.power end) as unit_' ~ level) -%}
{%- endfor -%}
with leaf as (
    {{ leaves | join('\nunion all\n') | indent(4) }}
),

ranked as {{ tokumei.sql_once() }}(
    select
        {{ tokumei._lines(['leaf.axis', 'leaf.value'] + labels + sizes + ranks, 8) }}
    from leaf
),

powers as (
    select
        series.number - 1 as exponent,
        cast(power(cast(2 as {{ tokumei.sql_type('double precision') }}), series.number - 1) as bigint) as power
    from (select {{ tokumei.sql_series(63) }} as number) as series
),

widest as (
    {{ widest | join('\nunion all\n') | indent(4) }}
),

bits as {{ tokumei.sql_once() }}(
    select
        widest.axis,
        widest.level,
        min(powers.exponent) as bits
    from widest
    inner join powers on powers.power > widest.last
    group by widest.axis, widest.level
),

shifted as (
    select
        bits.axis,
        bits.level + 1 as level,
        sum(bits.bits) over (partition by bits.axis order by bits.level) as bits
    from bits
    union all
    select distinct
        bits.axis,
        0 as level,
        0 as bits
    from bits
),

units as (
    select
        {{ tokumei._lines(['shifted.axis'] + units, 8) }}
    from shifted
    inner join powers on shifted.bits = powers.exponent
    group by shifted.axis
)

select
    {{ tokumei._lines(['ranked.axis', 'ranked.value'] + tokumei._spread('ranked.label_', top) + tokumei._spread('ranked.leaves_', top) + tokumei._spread('units.unit_', top) + ['cast(' ~ terms | join(' + ') ~ ' as bigint) as code']) }}
from ranked
inner join units on ranked.axis = units.axis
{%- endmacro %}

{#- The number of steps of the longest ladder: the last is `*`. -#}
{% macro recode_top(axes) -%}
    {%- set top = namespace(steps=1) -%}
    {%- for axis in axes if axis['ladder'] -%}
        {%- set top.steps = [top.steps, axis['ladder']['levels'] | length + 1] | max -%}
    {%- endfor -%}
    {{- return(top.steps) -}}
{%- endmacro %}

{#- prefix0 to prefix<top>. -#}
{% macro _spread(prefix, top) -%}
    {%- set names = [] -%}
    {%- for level in range(top + 1) -%}{%- do names.append(prefix ~ level) -%}{%- endfor -%}
    {{- return(names) -}}
{%- endmacro %}
