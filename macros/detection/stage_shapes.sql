{#- What the distinct values of each column look like, from `held`: column_name, value, records, subjects. -#}
{% macro stage_shapes() -%}
{%- set day = tokumei._as_date(tokumei._value('held.value', 'text')) -%}
{%- set number = tokumei.sql_try_cast('dated.value', tokumei.sql_type('double precision')) -%}
{%- set is_number = tokumei.sql_matches('dated.value', '^-?[0-9]{1,3}[.][0-9]{3,15}$') -%}
select
    dated.column_name,
    cast(sum(dated.records) as bigint) as records,
    cast(sum(dated.subjects) as bigint) as holders,
    cast(count(*) as bigint) as {{ tokumei.sql_identifier('values') }},
    cast(sum(case when dated.subjects = 1 then 1 else 0 end) as bigint) as single,
    cast(sum(case when dated.subjects < 10 then dated.subjects else 0 end) as bigint) as holders_of_rare,
    cast(count(dated.day) as bigint) as days,
    cast(max(dated.year) - min(dated.year) as bigint) as years,
    cast(sum(case when length(dated.value) = dated.longest then 1 else 0 end) as bigint) as as_long,
    cast(max(dated.longest) as bigint) as longest,
    cast(sum(case when length(dated.value) >= 10 and {{ tokumei.sql_matches('dated.value', '[ぁ-ん。、 　,.!?]') }}
        and {{ tokumei.sql_matches('dated.value', '[^-0-9 ,.:/+TZ]') }} then 1 else 0 end) as bigint) as sentences,
    cast(sum(case when {{ is_number }} then case when {{ number }} between 20 and 46 then 1 else 0 end else 0 end) as bigint) as latitudes,
    cast(sum(case when {{ is_number }} then case when {{ number }} between 122 and 154 then 1 else 0 end else 0 end) as bigint) as longitudes,
    cast(sum(case when {{ tokumei.sql_matches('dated.value', '^[A-Z][0-9]{2}([.][0-9A-Z]{1,4})?$') }} then 1 else 0 end) as bigint) as icd_codes,
    cast(sum(case when {{ tokumei.sql_matches('dated.value', '^[A-Z][0-9]{2}[.][0-9A-Z]{1,4}$') }} then 1 else 0 end) as bigint) as icd_with_point,
    cast(sum(case when {{ tokumei.sql_matches('dated.value', '^[0-9]+$') }} then 1 else 0 end) as bigint) as whole,
    cast(max(dated.whole) - min(dated.whole) as {{ tokumei.sql_type('double precision') }}) as width
from (
    select
        held.column_name,
        held.value,
        held.records,
        held.subjects,
        {{ day }} as day,
        {{ tokumei.sql_date_part('year', day) }} as year,
        max(length(held.value)) over (partition by held.column_name) as longest,
        case when {{ tokumei.sql_matches('held.value', '^[0-9]{1,18}$') }} then {{ tokumei.sql_try_cast('held.value', 'bigint') }} end as whole
    from held
) as dated
group by dated.column_name
{%- endmacro %}
