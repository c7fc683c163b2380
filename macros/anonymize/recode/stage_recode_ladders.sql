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

ranked as (
    select
        {{ tokumei._lines(['leaf.axis', 'leaf.value'] + labels + sizes + ranks, 8) }}
    from leaf
),

powers as (
    select
        series.number - 1 as exponent,
        cast(power(cast(2 as double precision), series.number - 1) as bigint) as power
    from (select {{ tokumei.sql_series(63) }} as number) as series
),

widest as (
    {{ widest | join('\nunion all\n') | indent(4) }}
),

bits as (
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

{#- The leaves of one ladder: the rows of its hierarchy, and what is met beside it (null; every value where there is none). -#}
{% macro _ladder_leaves(axis, at, at_met, top) -%}
    {%- set queries = [] -%}
    {%- set ladder = axis['ladder'] -%}
    {%- set met = 'met.value_' ~ axis['number'] -%}
    {%- if ladder -%}
        {%- set value = tokumei.join_text('leaf.' ~ tokumei.sql_identifier(ladder['from'])) -%}
        {%- set levels = [] -%}
        {%- for level in ladder['levels'] -%}{%- do levels.append(tokumei.sql_text('leaf.' ~ tokumei.sql_identifier(level))) -%}{%- endfor -%}
        {%- do queries.append(tokumei._leaf_rows(axis, value, [value] + levels, top, at['lookups'][ladder['hierarchy']] ~ ' as leaf where ' ~ value ~ ' is not null')) -%}
    {%- endif -%}
    {%- set missing = [met] -%}
    {%- for level in (ladder['levels'] if ladder else []) -%}{%- do missing.append(tokumei.sql_text('null')) -%}{%- endfor -%}
    {%- do queries.append(tokumei._leaf_rows(axis, met, missing, top, '(select distinct ' ~ met ~ ' from ' ~ tokumei._as(at_met, 'met') ~ (' where ' ~ met ~ ' is null' if ladder else '') ~ ') as met')) -%}
    {{- return(queries) -}}
{%- endmacro %}

{% macro _leaf_rows(axis, value, labels, top, from) -%}
    {%- set columns = [axis['number'] ~ ' as axis', value ~ ' as value'] -%}
    {%- for level in range(top + 1) -%}
        {%- do columns.append((labels[level] if level < labels | length else "cast('*' as text)") ~ ' as label_' ~ level) -%}
    {%- endfor -%}
    {%- set keys = labels if value in labels else [value] + labels -%}
    {{- return('select ' ~ columns | join(', ') ~ ', count(*) as leaves from ' ~ from ~ ' group by ' ~ keys | unique | join(', ')) -}}
{%- endmacro %}
