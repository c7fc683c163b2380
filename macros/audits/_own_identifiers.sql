{#- A sample of subjects, what identifies them and what the mart shows of them: up to 20,000, or 1,000 histories. Weak identifiers
    are judged on all of it, disguises, which show in few, on the first 500 (200) in the order of the tokens. -#}
{% macro _own_identifiers(policy, scene, identifiers, shown) -%}
{%- set subject = 'origin.' ~ tokumei.sql_identifier(policy['subject']) -%}
{%- set buckets = tokumei._buckets(scene, 20000 if scene['unique'] else 1000) -%}
{%- set few = 500 if scene['unique'] else 200 -%}
{%- set token = tokumei.sql_identifier(policy['token']) -%}
{#- Where a subject has one record, nothing occurs twice. -#}
{%- set distinct = '' if scene['unique'] else 'distinct ' -%}
with sampled as {{ tokumei.sql_materialized() }}(
    select
        {{ tokumei.token(policy, subject) }} as token
        {%- for name in identifiers %},
        {{ tokumei.sql_text('origin.' ~ tokumei.sql_identifier(name)) }} as identifier_{{ loop.index }}
        {%- endfor %}
        {%- if scene['origin_has_places'] %},
        {{ tokumei.sql_row_place('origin') }} as place_in_source
        {%- endif %}
    from {{ scene['origin'] }} as origin
    {%- if buckets < 10000 %}
    where {{ tokumei.sql_bucket(subject) }} < {{ buckets }}
    {%- endif %}
),

records as {{ tokumei.sql_materialized() }}(
    select
        person.token,
        {{ tokumei.sql_row_place('mart') }} as place_in_mart
        {%- for column in policy['columns'] %},
        mart.{{ tokumei.sql_identifier(column['name']) }} as shown_{{ loop.index }}
        {%- endfor %}
    from (select distinct sampled.token from sampled) as person
    inner join {{ scene['release'] }} as mart on person.token = mart.{{ token }}
),

people as {{ tokumei.sql_materialized() }}(
    select
        person.token,
        row_number() over (order by person.token) as place,
        count(*) over () as everyone
    from (select distinct records.token from records) as person
),

few as {{ tokumei.sql_materialized() }}(
    select people.token, people.place, least(people.everyone, {{ few }}) as everyone
    from people
    where people.place <= {{ few }}
),

shifts as (
    select {{ tokumei.sql_series('6', after=' - 1') }} as shift
),

named as (
    {%- for column in policy['columns'] %}
    select {{ loop.index }} as number, cast({{ tokumei.sql_literal(column['name']) }} as {{ tokumei.sql_type('text') }}) as column_name
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

{{ tokumei._own_and_seen(policy, scene, identifiers, shown, few, distinct) }}
{%- set questions = ['weak', 'encoded', 'split', 'ordered'] %}
{%- for question in questions %}
{%- if loop.first %}

{% else %}
union all
{% endif -%}
select {{ question }}.column_name, {{ question }}.violations, {{ question }}.measured
from (
    {%- if question == 'weak' %}
    {{ tokumei._weak_identifiers() | indent(4) }}
    {%- elif question == 'encoded' %}
    {{ tokumei._encoded_identifiers() | indent(4) }}
    {%- elif question == 'split' %}
    {{ tokumei._split_identifiers() | indent(4) }}
    {%- else %}
    {{ tokumei._ordered_identifiers(policy, scene, identifiers, shown) | indent(4) }}
    {%- endif %}
) as {{ question }}
{%- endfor %}
{%- endmacro %}
