{#- What each part shows in each column: the label that covers it and its level (0: the value itself); the range of its
    numbers, or their mean on the grid, halves away from zero. -#}
{% macro stage_mondrian_shown(axes, at_made, at_rungs) -%}
{%- set moments = [] -%}
{%- set columns = [] -%}
{%- set labels = [] -%}
{%- for axis in axes -%}
    {%- set number = axis['number'] | string -%}
    {%- do moments.extend(['min(made.x_' ~ number ~ ') as low_' ~ number, 'max(made.x_' ~ number ~ ') as high_' ~ number]) -%}
    {%- if axis['mean'] -%}
        {%- do moments.append('sum(' ~ tokumei.sql_wide('made.weight') ~ ' * made.x_' ~ number ~ ') as sum_' ~ number) -%}
    {%- endif -%}
    {%- if axis['member'] -%}
        {%- do columns.append((tokumei._mean_of_part(axis) if axis['mean'] else tokumei._range_of_part(axis)) ~ ' as shown_' ~ number) -%}
        {%- do columns.append('case when spans.low_' ~ number ~ ' = spans.high_' ~ number ~ ' then 0 else 1 end as level_' ~ number) -%}
    {%- else -%}
        {%- do columns.append('label_' ~ number ~ '.label as shown_' ~ number) -%}
        {%- do columns.append('label_' ~ number ~ '.level as level_' ~ number) -%}
        {%- do labels.append(axis['number']) -%}
    {%- endif -%}
{%- endfor -%}
with spans as (
    select
        {{ tokumei._lines(['made.node', 'sum(made.weight) as weight'] + moments, 8) }}
    from {{ tokumei._as(at_made, 'made') }}
    group by made.node
)
{%- for number in labels %},

label_{{ number }} as (
    select
        covering.node,
        covering.label,
        covering.level
    from (
        select
            spans.node,
            rung.label,
            rung.level,
            row_number() over (partition by spans.node order by rung.level) as choice
        from spans
        inner join {{ tokumei._as(at_rungs, 'rung') }}
            on rung.axis = {{ number }} and (spans.low_{{ number }} & -rung.unit) = rung.code and (spans.high_{{ number }} & -rung.unit) = rung.code
    ) as covering
    where covering.choice = 1
)
{%- endfor %}

select
    {{ tokumei._lines(['spans.node'] + columns) }}
from spans
{%- for number in labels %}
inner join label_{{ number }} on spans.node = label_{{ number }}.node
{%- endfor -%}
{%- endmacro %}

{#- `20-29`; dates `2026-01-01/2026-03-31`; one value alone; `*` where a null is among others. -#}
{% macro _range_of_part(axis) -%}
    {%- set low = 'spans.low_' ~ axis['number'] -%}
    {%- set high = 'spans.high_' ~ axis['number'] -%}
    {%- set texts = [] -%}
    {%- for value in [low, high] -%}
        {%- set shown = tokumei._group_value(axis['member'], value) -%}
        {%- do texts.append(tokumei.sql_number_text(shown) if axis['type'] == 'number' else tokumei.sql_text(shown)) -%}
    {%- endfor -%}
    {%- set between = '/' if axis['type'] in ['date', 'timestamp'] else '-' -%}
    {{- return(
        'case when ' ~ high ~ ' = ' ~ tokumei.recode_null() ~ ' then null when ' ~ low ~ ' = ' ~ tokumei.recode_null() ~ " then '*' when "
        ~ low ~ ' = ' ~ high ~ ' then ' ~ texts[0] ~ ' else ' ~ texts[0] ~ " || '" ~ between ~ "' || " ~ texts[1] ~ ' end'
    ) -}}
{%- endmacro %}

{#- Null where a null is among the values. -#}
{% macro _mean_of_part(axis) -%}
    {%- set sum = 'spans.sum_' ~ axis['number'] -%}
    {%- set grid = axis['member']['grid'] -%}
    {%- set mean = 'sign(' ~ sum ~ ') * ' ~ tokumei.sql_quotient('2 * abs(' ~ sum ~ ') + spans.weight * ' ~ grid, '2 * spans.weight * ' ~ grid) ~ ' * ' ~ grid -%}
    {{- return(tokumei._group_value(axis['member'], 'case when spans.low_' ~ axis['number'] ~ ' > ' ~ tokumei.recode_null() ~ ' then ' ~ mean ~ ' end')) -}}
{%- endmacro %}
