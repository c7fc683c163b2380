{#- Do two columns of a subject's records make up one of its identifiers, one behind the other? And does a column hold four or
    more digits of one, for half of the subjects and in at least 150 values? Fewer are years, months or codes of
    places, which numbers often begin with. -#}
{% macro _split_identifiers() -%}
with paired as {{ tokumei.sql_materialized() }}(
    select few.place, shifts.shift, (few.place - 1 + shifts.shift) % few.everyone + 1 as shown_place
    from few
    cross join shifts
    where few.everyone > 5 or shifts.shift = 0
),

starts as {{ tokumei.sql_materialized() }}(
    select
        paired.place,
        paired.shift,
        few_own.kind,
        paired.shown_place,
        seen.number,
        {{ tokumei.sql_without_zeros('substr(few_own.plain, length(seen.value) + 1)') }} as rest
    from paired
    inner join few_own on paired.place = few_own.place
    inner join seen on paired.shown_place = seen.place
    where
        not seen.pseudonym
        and seen.value <> ''
        and {{ tokumei.sql_starts_with('few_own.plain', 'seen.value') }}
),

split as (
    select
        starts.number as first_number,
        seen.number as second_number,
        count(distinct case when starts.shift = 0 then starts.place end) as own_matches,
        count(distinct case when starts.shift > 0 then starts.place * 6 + starts.shift end) / 5.0 as chance
    from starts
    inner join seen on starts.shown_place = seen.place and starts.rest = seen.value
    where starts.rest <> '' and starts.number <> seen.number and not seen.pseudonym
    group by starts.kind, starts.number, seen.number
),

part as (
    select
        seen.number,
        count(distinct few_own.place) as own_matches,
        max(few_own.everyone) as everyone
    from few_own
    inner join seen on few_own.place = seen.place
    where
        length(seen.value) between 4 and length(few_own.plain) - 1
        and translate(few_own.plain, '0123456789', '') = ''
        and {{ tokumei.sql_strpos('few_own.plain', 'seen.value') }} > 0
    group by few_own.kind, seen.number
    having count(distinct seen.value) >= 150
)

select
    least(one.column_name, other.column_name) || ', ' || greatest(one.column_name, other.column_name) as column_name,
    cast(max(split.own_matches) as bigint) as violations,
    cast(max(split.own_matches) as {{ tokumei.sql_type('double precision') }}) as measured
from split
inner join named as one on split.first_number = one.number
inner join named as other on split.second_number = other.number
where split.own_matches > split.chance + 6 * sqrt(split.chance) + 3
group by least(one.column_name, other.column_name), greatest(one.column_name, other.column_name)
union all
select
    named.column_name,
    cast(max(part.own_matches) as bigint) as violations,
    cast(max(part.own_matches) as {{ tokumei.sql_type('double precision') }}) as measured
from part
inner join named on part.number = named.number
where part.own_matches * 2 >= part.everyone
group by named.column_name
{%- endmacro %}
