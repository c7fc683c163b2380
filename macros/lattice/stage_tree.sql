{#- The tree of one column over the values it has: of each base value the numbers of its place, level by level below its
    parent, and the share of the column's domain that lies under it there. -#}
{% macro stage_tree(ladder, combinations, lookups) -%}
{%- set rungs = ladder['rungs'] -%}
{%- set shown = rungs | rejectattr('kind', 'equalto', 'suppressed') | list -%}
with met as (
    select
        alive.{{ tokumei.sql_identifier(ladder['column']) }} as value,
        sum(alive.tokumei_records) as records
    from {{ combinations }} as alive
    group by alive.{{ tokumei.sql_identifier(ladder['column']) }}
),
{%- if ladder['kind'] == 'hierarchy' %}

leaf as (
{{ tokumei._stage_leaves(ladder, lookups) | indent(4, first=true) }}
),
{%- endif %}

placed as (
    select
        met.value as rung_0,
        met.records
        {%- for rung in shown[1:] %},
        {{ tokumei._rung_sql(ladder, rung, ladder['type']) }} as rung_{{ loop.index }}
        {%- endfor %}
        {%- if ladder['kind'] == 'hierarchy' %},
        met.value is not null and leaf.code is null as lacking
        {%- for rung in shown[1:] %},
        leaf.leaves_{{ loop.index }}
        {%- endfor %}
        {%- endif %}
    from met
    {%- if ladder['kind'] == 'hierarchy' %}
    left join leaf on {{ tokumei.join_text('met.value') }} = leaf.code
    {%- endif %}
)

select
    placed.rung_0 as value,
    placed.records,
    {{ 'placed.lacking' if ladder['kind'] == 'hierarchy' else 'false' }} as lacking
    {%- for rung in shown %},
    {%- set parents = range(shown | length - 1, loop.index0, -1) %}
    dense_rank() over ({{ 'partition by ' ~ tokumei._rung_list('placed.rung_', parents) ~ ' ' if parents else '' }}order by placed.rung_{{ loop.index0 }}) - 1 as place_{{ loop.index0 }},
    {{ tokumei._leaves_under(ladder, loop.index0) }} as leaves_{{ loop.index0 }},
    {{ 'placed.rung_' ~ loop.index0 }} as rung_{{ loop.index0 }}
    {%- endfor %}
from placed
{%- endmacro %}

{% macro _rung_list(prefix, numbers) -%}
    {%- set names = [] -%}
    {%- for number in numbers -%}{%- do names.append(prefix ~ number) -%}{%- endfor -%}
    {{- return(names | join(', ')) -}}
{%- endmacro %}

{#- How much of the domain a value stands for: leaves of the hierarchy, or values met. Null is one more leaf. -#}
{% macro _leaves_under(ladder, number) -%}
    {%- if ladder['kind'] != 'hierarchy' -%}
        {{- return('1' if number == 0 else 'count(*) over (partition by placed.rung_' ~ number ~ ')') -}}
    {%- endif -%}
    {{- return('1' if number == 0 else 'coalesce(placed.leaves_' ~ number ~ ', 1)') -}}
{%- endmacro %}

{#- The hierarchy with each code once, and how many codes lie under each of its labels. -#}
{% macro _stage_leaves(ladder, lookups) -%}
{%- set levels = ladder['levels'] -%}
select
    coded.code
    {%- for level in levels %},
    coded.level_{{ loop.index }},
    count(*) over (partition by coded.level_{{ loop.index }}) as leaves_{{ loop.index }}
    {%- endfor %}
from (
    select
        {{ tokumei.join_text('entry.' ~ tokumei.sql_identifier('value')) }} as code
        {%- for level in levels %},
        min({{ tokumei.sql_text('entry.' ~ tokumei.sql_identifier(level)) }}) as level_{{ loop.index }}
        {%- endfor %}
    from {{ lookups[ladder['hierarchy']] }} as entry
    group by 1
) as coded
{%- endmacro %}
