{#- Linkage: who knows n quasi-identifiers of a person picks the right one among those who share them. For each n the
    best of the combinations for the attacker, and their mean; every subject counts, so nothing is estimated. -#}
{% macro attack_linkage(policy, scene) -%}
{%- set combinations = tokumei._combinations_of_columns(tokumei._dataset_names(policy)) -%}
{%- if not combinations -%}
    {{- return(tokumei._nothing_to_find()) -}}
{%- endif -%}
{%- set grouping = tokumei._grouping_of(combinations, tokumei._dataset_names(policy) | length, 'known') -%}
{%- set crowd = 'sum(known.subjects)' if scene['unique'] else 'count(distinct known.who)' -%}
with known as {{ tokumei.sql_materialized() }}(
    {{ tokumei._known_of_persons(policy, scene) | indent(4) }}
),

everybody as (
    select {{ tokumei._as_double(crowd) }} as persons
    from known
),

linked as (
    select
        combination.known,
        combination.names as named,
        sum(crowd.weight / crowd.persons) as subjects
    from (
        select
            {{ grouping['key'] }} as key,
            {{ crowd }} as persons,
            sum(known.weight) as weight
        from known
        group by {{ grouping['sets'] }}
    ) as crowd
    inner join {{ tokumei._combination_rows(combinations, ['key', 'known', 'names']) | indent(4) }}
        on crowd.key = combination.key
    group by combination.known, combination.names
),

ranked as (
    select
        linked.known,
        linked.named,
        linked.subjects,
        avg(linked.subjects) over (partition by linked.known) as mean,
        row_number() over (partition by linked.known order by linked.subjects desc, {{ tokumei.sql_text_order('linked.named') }}) as place
    from linked
),

measured as (
    select
        'known ' || {{ tokumei.sql_text('ranked.known') }} as what,
        ranked.named,
        everybody.persons,
        ranked.subjects / everybody.persons as success,
        1 / everybody.persons as base,
        ranked.mean / everybody.persons as mean
    from ranked
    cross join everybody
    where ranked.place = 1
)

{{ tokumei._reported('measured', policy['attacks']['linkage']['at_most'], none) }}
union all
select
    cast(measured.what || ', mean' as {{ tokumei.sql_type('text') }}) as column_name,
    cast(0 as bigint) as violations,
    cast(measured.mean as {{ tokumei.sql_type('double precision') }}) as measured
from measured
{%- endmacro %}

{#- What can be known of each person: of one record each, the classes with their subjects; else each distinct record of
    each person, which weighs the less the more of them there are. -#}
{% macro _known_of_persons(policy, scene) -%}
{%- set columns = tokumei._dataset_columns(policy, scene) -%}
{%- set listed = tokumei._as_columns(columns) -%}
{%- if scene['unique'] -%}
select
    {{ tokumei._lines(listed + ['count(*) as subjects', tokumei._as_double('count(*)') ~ ' as weight']) }}
from {{ tokumei._joined_dataset(policy, scene) }}
group by {{ columns | join(', ') }}
{%- else -%}
select
    record.*,
    1 / {{ tokumei._as_double('count(*) over (partition by record.who)') }} as weight
from (
    select distinct
        mart.{{ tokumei.sql_identifier(policy['token']) }} as who,
        {{ tokumei._lines(listed, 8) }}
    from {{ tokumei._joined_dataset(policy, scene) | indent(4) }}
) as record
{%- endif -%}
{%- endmacro %}
