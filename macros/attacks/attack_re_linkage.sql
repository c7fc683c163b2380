{#- Re-linkage: records, or whole histories, that are the only ones of their content both in a release that stands and in
    this one are the same person's, whatever the pseudonyms. The share of a standing release that is found so. -#}
{% macro attack_re_linkage(policy, scene) -%}
{%- set stages = [] -%}
{%- set findings = [] -%}
{%- set present = tokumei._present_release(policy, scene) -%}
{%- set shown = tokumei._shown_pseudonym(policy) -%}
{%- for held in tokumei._earlier_releases(policy, scene) -%}
    {%- set names = policy['columns'] | rejectattr('pseudonym') | map(attribute='name') | select('in', held['types']) | list -%}
    {%- set histories = not present['unique'] and shown != 'tokumei_token' -%}
    {%- do stages.append('now_' ~ loop.index ~ ' as ' ~ tokumei.sql_materialized() ~ '(\n    ' ~ tokumei._alone(present['release'], names, shown if histories else none) | indent(4) ~ '\n)') -%}
    {%- do stages.append('before_' ~ loop.index ~ ' as ' ~ tokumei.sql_materialized() ~ '(\n    '
        ~ tokumei._alone(held['release'], names, (shown if shown in held['types'] else held['token']) if histories else none) | indent(4) ~ '\n)') -%}
    {%- do stages.append(tokumei._found_again(held['no'], loop.index)) -%}
    {%- do findings.append(tokumei._reported('measured_' ~ loop.index, policy['attacks']['re_linkage']['at_most'], none)) -%}
{%- endfor -%}
{%- if not findings -%}
    {{- return(tokumei._nothing_to_find()) -}}
{%- endif -%}
with {{ stages | join(',\n\n') }}

{{ findings | join('\nunion all\n') }}
{%- endmacro %}

{#- Contents with the number of those who show them: a record, or all records of one pseudonym. -#}
{% macro _alone(release, names, who) -%}
{%- set record = 'md5(' ~ tokumei.sql_record_text(tokumei._quoted(names, 'mart')) ~ ')' -%}
{%- if who is none -%}
select {{ record }} as content, count(*) as there
from {{ release }} as mart
group by {{ record }}
{%- else -%}
select history.content, count(*) as there
from (
    select md5({{ tokumei.sql_join_rows('one.content') }}) as content
    from (select mart.{{ tokumei.sql_identifier(who) }} as who, {{ record }} as content from {{ release }} as mart) as one
    group by one.who
) as history
group by history.content
{%- endif -%}
{%- endmacro %}

{% macro _found_again(no, number) -%}
measured_{{ number }} as (
    select
        'release {{ no }}' as what,
        cast(null as {{ tokumei.sql_type('text') }}) as named,
        whole.persons,
        coalesce(found.persons / nullif(whole.persons, 0), 0) as success,
        coalesce(1 / nullif(whole.persons, 0), 0) as base
    from (select {{ tokumei._as_double('sum(before.there)') }} as persons from before_{{ number }} as before) as whole
    cross join (
        select {{ tokumei._as_double('count(*)') }} as persons
        from before_{{ number }} as before
        inner join now_{{ number }} as present on before.content = present.content
        where before.there = 1 and present.there = 1
    ) as found
)
{%- endmacro %}
