{#- A swapped column holds the very values it held, in each of its groups, and nobody's value came from further away than
    the window. Measured is the share who kept a value of their own. After the gate nothing is left to compare with. -#}
{% macro audit_swaps_as_declared(policy, scene) -%}
{%- set findings = [] -%}
{%- for column in tokumei._shape(policy)['swaps'] if scene['gate'] -%}
    {%- do findings.append(tokumei._displaced(scene, column)) -%}
    {%- do findings.append(tokumei._other_values(scene, column)) -%}
{%- endfor -%}
{{ findings | join('\nunion all\n') if findings else tokumei._nothing_to_find() }}
{%- endmacro %}

{% macro _displaced(scene, column) -%}
{%- set arguments = tokumei._step_arguments(column, 'swap') -%}
{%- set swap = scene['facts']['at']['swaps'][column['name']] -%}
{%- set within = 'greatest(taker.size * ' ~ (arguments.get('within') or 100) ~ ' / 100.0, 1)' -%}
select
    cast({{ tokumei.sql_literal(column['name']) }} as {{ tokumei.sql_type('text') }}) as column_name,
    cast(coalesce(sum(case when greatest(giver.first_rank - taker.last_rank, taker.first_rank - giver.last_rank) > {{ within }} then 1 else 0 end), 0) as bigint) as violations,
    cast(avg(case when {{ tokumei.sql_same('taker.value', 'giver.value') }} then {{ tokumei.sql_fraction('1.0') }} else {{ tokumei.sql_fraction('0.0') }} end) as {{ tokumei.sql_type('double precision') }}) as measured
from {{ swap }} as taker
inner join {{ swap }} as giver
    on taker.block = giver.block and taker.takes = giver.position
    {{- ' and ' ~ tokumei.sql_same('taker.by_1', 'giver.by_1') if arguments.get('by') }}
{%- endmacro %}

{% macro _other_values(scene, column) -%}
{%- set arguments = tokumei._step_arguments(column, 'swap') -%}
{%- set names = ([arguments['by']] if arguments.get('by') else []) + [column['name']] -%}
{%- set held = [] -%}
{%- for stage in ['unswapped', 'treated'] -%}
    {%- set columns = tokumei._quoted(names, 'one') | join(', ') -%}
    {%- do held.append('select ' ~ columns ~ ', count(*) as held from ' ~ scene['facts']['at'][stage] ~ ' as one group by ' ~ columns) -%}
{%- endfor -%}
{{ tokumei._finding(column['name'], 'count(*)') }}
from (
    {{ held[0] }}
    except
    {{ held[1] }}
) as lost
{%- endmacro %}
