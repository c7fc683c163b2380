{#- Differencing: against each release that stands, each class of the dataset changes by no subject or by at least k, and
    so do the classes of each quasi-identifier alone and of each two. Inside a class, those who came and those who went,
    as a sensitive value shows them, are nobody or at least k. -#}
{% macro attack_difference_safe(policy, scene) -%}
{%- if policy['attacks']['difference_safe'] is mapping -%}
    {{- return(tokumei._finding('waived', 0)) -}}
{%- endif -%}
{%- set earlier = tokumei._earlier_releases(policy, scene) -%}
{%- set parts = [] -%}
{%- for held in earlier -%}
    {%- do parts.append('select * from (\n' ~ tokumei._difference(policy, tokumei._present_release(policy, scene), held) ~ '\n) as compared') -%}
{%- endfor -%}
{{ parts | join('\nunion all\n') if parts else tokumei._nothing_to_find() }}
{%- endmacro %}

{% macro _difference(policy, present, held) -%}
{%- set what = 'release ' ~ held['no'] -%}
{%- set unique = present['unique'] and held['unique'] -%}
{%- if held['token'] is none or present['follows'] | length != held['follows'] | length -%}
    {#- It stands, and what is in it cannot be counted: that is no pass. -#}
    {{- return(tokumei._finding(what ~ ': not comparable', 1)) -}}
{%- endif -%}
{%- set shared = tokumei._classes_in_common(policy, held) -%}
{%- set names = shared | map(attribute=0) | list -%}
{%- set places = range(1, shared | length + 1) | list -%}
{%- set margins = [] -%}
{%- for known in [1, 2, shared | length] | unique if 0 < known <= shared | length -%}
    {%- for some in tokumei._ways(shared | length, known) -%}
        {%- do margins.append(tokumei._combination(names, some)) -%}
    {%- endfor -%}
{%- endfor -%}
{%- set grouping = tokumei._grouping_of(margins, shared | length, 'held') -%}
{%- set change = 'sum(held.now_there) - sum(held.before_there)' if unique else 'count(distinct held.now_there) - count(distinct held.before_there)' -%}
{%- set sensitive = policy['columns'] | selectattr('is', 'equalto', 'sensitive') | rejectattr('pseudonym') | selectattr('name', 'in', held['types']) | list -%}
with {% for column in [none] + sensitive -%}
held_{{ loop.index0 }} as {{ tokumei.sql_materialized() }}(
    {{ tokumei._both_releases(present, held, shared, column, unique) | indent(4) }}
),

{% endfor -%}
changes as (
    {%- if not places %}
    select {{ tokumei.sql_literal(what ~ ': all') }} as what, true as whole, {{ change }} as change
    from held_0 as held
    {%- else %}
    select combination.names as what, combination.known = {{ places | length }} as whole, counted.change
    from (
        select {{ grouping['key'] }} as key, {{ change }} as change
        from held_0 as held
        group by {{ grouping['sets'] }}
    ) as counted
    inner join {{ tokumei._combination_rows(margins, ['key', 'known', 'names'], what ~ ': ') | indent(4) }}
        on counted.key = combination.key
    {%- endif %}
)
{%- for column in sensitive %},

moved_{{ loop.index }} as (
    select
        sum(greatest(valued.change, 0)) as came,
        sum(greatest(-valued.change, 0)) as went
    from (
        select
            {{ tokumei._lines(tokumei._attacked_columns(places, 'held') + [change ~ ' as change'], 12) }}
        from held_{{ loop.index }} as held
        group by {{ tokumei._attacked_columns(places + [places | length + 1], 'held') | join(', ') }}
    ) as valued
    {%- if places %}
    group by {{ tokumei._attacked_columns(places, 'valued') | join(', ') }}
    {%- endif %}
)
{%- endfor %}

select
    cast({{ tokumei.sql_literal(what ~ ', classes changed') }} as {{ tokumei.sql_type('text') }}) as column_name,
    cast(0 as bigint) as violations,
    cast(sum(case when changes.change <> 0 then 1 else 0 end) as {{ tokumei.sql_type('double precision') }}) as measured
from changes
where changes.whole
union all
select
    cast(changes.what as {{ tokumei.sql_type('text') }}) as column_name,
    cast(count(*) as bigint) as violations,
    cast(min(abs(changes.change)) as {{ tokumei.sql_type('double precision') }}) as measured
from changes
where abs(changes.change) between 1 and {{ policy['k'] - 1 }}
group by changes.what
{%- for column in sensitive %}
union all
select
    cast({{ tokumei.sql_literal(what ~ ': ' ~ column['name'] ~ ' in classes') }} as {{ tokumei.sql_type('text') }}) as column_name,
    cast(count(*) as bigint) as violations,
    cast(min(case when moved.came between 1 and {{ policy['k'] - 1 }} then moved.came else moved.went end) as {{ tokumei.sql_type('double precision') }}) as measured
from moved_{{ loop.index }} as moved
where moved.came between 1 and {{ policy['k'] - 1 }} or moved.went between 1 and {{ policy['k'] - 1 }}
having count(*) > 0
{%- endfor %}
{%- endmacro %}

{#- The classes of both releases, under each other: how many subjects, or which. -#}
{% macro _both_releases(present, held, shared, column, unique) -%}
{%- set parts = [] -%}
{%- for release, here in [[present, 'now'], [held, 'before']] -%}
    {%- set read = tokumei._release_with_followed(release, shared + ([[column['name'], none, column['name']]] if column else [])) -%}
    {%- set token = 'mart.' ~ tokumei.sql_identifier(release['token']) -%}
    {%- set counted = 'count(*)' if unique else token -%}
    {%- set nobody = '0' if unique else 'cast(null as ' ~ tokumei.sql_type('text') ~ ')' -%}
    {%- set columns = tokumei._as_columns(read['texts']) -%}
    {%- do columns.append((counted if here == 'now' else nobody) ~ ' as now_there') -%}
    {%- do columns.append((counted if here == 'before' else nobody) ~ ' as before_there') -%}
    {%- set keys = read['texts'] + ([] if unique else [token]) -%}
    {%- do parts.append(
        'select\n    ' ~ tokumei._lines(columns) ~ '\nfrom ' ~ read['joined'] ~ ('\ngroup by ' ~ keys | join(', ') if keys else '')
    ) -%}
{%- endfor -%}
{{ parts | join('\nunion all\n') }}
{%- endmacro %}
