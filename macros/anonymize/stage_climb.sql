{#- What stands for each value that fewer than `below` subjects hold: the first label above it that at least `below` subjects
    have climbed to, from at least two leaves then, since each leaf that climbs has fewer. Those who did not climb never
    count: else whoever climbed alone would be known by elimination. A label of too few draws in the smallest of what is
    published below it; where there is nothing, its values climb on; past the last level they form a suppressed pool,
    which draws in likewise. -#}
{% macro stage_climb(recode, at, combinations, unique) -%}
{%- set name = tokumei.sql_identifier(recode['name']) -%}
{%- set code = tokumei.join_text('leaf.' ~ tokumei.sql_identifier('value')) -%}
{%- set levels = recode['levels'] -%}
with counted as (
    select
        alive.{{ name }} as value,
        {{ tokumei._subjects('alive', unique) }} as subjects
    from {{ combinations }} as alive
    group by alive.{{ name }}
),

leaves as (
    select
        {{ code }} as code
        {%- for level in levels %},
        min({{ tokumei.sql_text('leaf.' ~ tokumei.sql_identifier(level)) }}) as level_{{ loop.index }}
        {%- endfor %}
    from {{ at['lookups'][recode['hierarchy']] }} as leaf
    group by {{ code }}
),

climbed_0 as (
    select
        counted.value,
        counted.subjects,
        {{ tokumei._climb_levels('leaves', levels) }},
        {{ tokumei.sql_text('counted.value') }} as label,
        0 as level,
        counted.subjects < {{ recode['below'] }} as climbing
    from counted
    left join leaves on {{ tokumei.join_text('counted.value') }} = leaves.code
),
{%- for level in levels %}

{{ tokumei._climb(recode, combinations, unique, loop.index) }},
{%- endfor %}

{{ tokumei._climb_pool(recode, combinations, unique, levels | length) }}

select
    pooled.value as key_1,
    case when pooled.hidden then {{ tokumei.sql_text_literal(recode['replace_with']) }} else pooled.label end as shown_1,
    pooled.hidden or pooled.level > 0 as changed
from pooled
where pooled.hidden or pooled.level > 0
{%- endmacro %}

{% macro _climb_levels(alias, levels) -%}
    {%- set columns = [] -%}
    {%- for level in levels -%}{%- do columns.append(alias ~ '.level_' ~ loop.index) -%}{%- endfor -%}
    {{- return(columns | join(', ')) -}}
{%- endmacro %}
