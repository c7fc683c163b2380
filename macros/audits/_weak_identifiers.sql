{#- Does a record show a short identifier of its own subject more often than chance would? Chance is what the records of
    the next five subjects, in the order of the tokens, show of it. An id that equals somebody's age is chance.
    Inside longer text, three characters may be one, or two that are not Latin (a surname).
    Judged on up to 20,000 subjects, or 1,000 histories. -#}
{% macro _weak_identifiers(policy, scene, identifiers, shown) -%}
{%- set subject = 'origin.' ~ tokumei.sql_identifier(policy['subject']) -%}
{%- set wanted = 20000 if scene['unique'] else 1000 -%}
{%- set buckets = [10000, (10000 * wanted / [scene['facts']['subjects_in'], 1] | max) | round(0, 'ceil') | int] | min -%}
{%- set listed = [] -%}
{%- for name in identifiers -%}
    {%- do listed.append(tokumei.sql_normalise('origin.' ~ tokumei.sql_identifier(name)) ~ ' as ' ~ tokumei.sql_identifier('identifier_' ~ loop.index)) -%}
{%- endfor -%}
with sampled as (
    select
        {{ tokumei.token(policy, subject) }} as token,
        {{ listed | join(',\n        ') }}
    from {{ scene['origin'] }} as origin
    {%- if buckets < 10000 %}
    where {{ tokumei.sql_bucket(subject) }} < {{ buckets }}
    {%- endif %}
),

own as (
    {%- for name in identifiers %}
    select distinct sampled.token, {{ loop.index }} as kind, sampled.{{ tokumei.sql_identifier('identifier_' ~ loop.index) }} as value
    from sampled
    where length(sampled.{{ tokumei.sql_identifier('identifier_' ~ loop.index) }}) between 1 and 7
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

people as (
    select
        person.token,
        row_number() over (order by person.token) as place,
        count(*) over () as everyone
    from (
        select distinct sampled.token
        from sampled
        where exists (select 1 from {{ scene['release'] }} as mart where mart.{{ tokumei.sql_identifier(policy['token']) }} = sampled.token)
    ) as person
),

shown as (
    {%- for name in shown %}
    select distinct people.place, {{ loop.index }} as place_in_mart, {{ tokumei.sql_normalise('mart.' ~ tokumei.sql_identifier(name)) }} as value
    from people
    inner join {{ scene['release'] }} as mart on people.token = mart.{{ tokumei.sql_identifier(policy['token']) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

shifts as (
    select {{ tokumei.sql_series('6') }} - 1 as shift
),

compared as (
    select
        own.kind,
        shown.place_in_mart,
        count(distinct case when shifts.shift = 0 then own.token end) as own_matches,
        count(distinct case when shifts.shift > 0 then own.token || '.' || {{ tokumei.sql_text('shifts.shift') }} end) / 5.0 as chance
    from people
    cross join shifts
    inner join own on people.token = own.token
    inner join shown on (people.place - 1 + shifts.shift) % people.everyone + 1 = shown.place
    where
        (people.everyone > 5 or shifts.shift = 0)
        and (
            own.value = shown.value
            or (
                length(own.value) >= case when {{ tokumei.sql_octet_length('own.value') }} > length(own.value) then 2 else 3 end
                and translate(own.value, '0123456789', '') <> ''
                and strpos(shown.value, own.value) > 0
            )
        )
    group by own.kind, shown.place_in_mart
)

select
    named.column_name,
    cast(sum(case when compared.own_matches > compared.chance + 3 * sqrt(compared.chance) + 3 then compared.own_matches else 0 end) as bigint) as violations,
    cast(max(compared.own_matches) as double precision) as measured
from compared
inner join (
    {%- for name in shown %}
    select {{ loop.index }} as place_in_mart, cast({{ tokumei.sql_literal(name) }} as text) as column_name
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
) as named on compared.place_in_mart = named.place_in_mart
group by named.column_name
{%- endmacro %}
