{#- Each combination of the values that are counted, once: all later counting happens on these. Where every subject has
    one record, the combination also says how many subjects share it; else it stands once a subject. -#}
{% macro stage_combinations(policy, at, shape, unique) -%}
{%- set names = tokumei._quoted(shape['combined'], 'treated') + tokumei._quoted(shape['followed'] | map(attribute='name') | list, 'members') -%}
{%- set keys = names if unique else ['treated.tokumei_subject'] + names -%}
select
    {{ tokumei._lines(keys + ['count(*) as tokumei_records'] + (['count(*) as tokumei_subjects'] if unique else [])) }}
from {{ tokumei._as(at['treated'], 'treated') }}
{%- if policy['follows'] %}
inner join {{ tokumei._as(at['members'], 'members') }} on treated.tokumei_subject = members.tokumei_subject
{%- endif %}
{%- if keys %}
group by {{ keys | join(', ') }}
{%- endif -%}
{%- endmacro %}

{#- The number of distinct subjects behind rows of a combinations relation. -#}
{% macro _subjects(alias, unique) -%}
    {{- return('sum(' ~ alias ~ '.tokumei_subjects)' if unique else 'count(distinct ' ~ alias ~ '.tokumei_subject)') -}}
{%- endmacro %}
