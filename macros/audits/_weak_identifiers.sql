{#- Does a record show a short identifier of its own subject more often than chance would? Chance is what the records of
    the next five subjects, in the order of the tokens, show of it. An id that equals somebody's age is chance.
    Inside longer text, three characters may be one, or two that are not Latin (a surname). -#}
{% macro _weak_identifiers() -%}
with weak_own as {{ tokumei.sql_materialized() }}(
    select
        own.token,
        own.kind,
        own.plain,
        length(own.plain) >= case when {{ tokumei.sql_octet_length('own.plain') }} > length(own.plain) then 2 else 3 end
        and translate(own.plain, '0123456789', '') <> '' as tells_inside
    from own
    where length(own.plain) between 1 and 7
),

tried as {{ tokumei.sql_materialized() }}(
    select
        weak_own.kind,
        weak_own.plain,
        weak_own.tells_inside,
        (people.place - 1 + shifts.shift) % people.everyone + 1 as shown_place,
        case when shifts.shift = 0 then weak_own.token end as own_token,
        case when shifts.shift > 0 then weak_own.token || '.' || {{ tokumei.sql_text('shifts.shift') }} end as pairing
    from weak_own
    inner join people on weak_own.token = people.token
    cross join shifts
    where people.everyone > 5 or shifts.shift = 0
),

compared as (
    select
        met_by.number,
        count(distinct met_by.own_token) as own_matches,
        count(distinct met_by.pairing) / 5.0 as chance
    from (
        select tried.kind, seen.number, tried.own_token, tried.pairing
        from tried
        inner join seen on tried.shown_place = seen.place and tried.plain = seen.value
        where not seen.pseudonym
        union all
        select tried.kind, seen.number, tried.own_token, tried.pairing
        from tried
        inner join seen on tried.shown_place = seen.place
        where tried.tells_inside and not seen.pseudonym and {{ tokumei.sql_strpos('seen.value', 'tried.plain') }} > 0
    ) as met_by
    group by met_by.kind, met_by.number
)

select
    named.column_name,
    cast(sum(case when compared.own_matches > compared.chance + 3 * sqrt(compared.chance) + 3 then compared.own_matches else 0 end) as bigint) as violations,
    cast(max(compared.own_matches) as {{ tokumei.sql_type('double precision') }}) as measured
from compared
inner join named on compared.number = named.number
group by named.column_name
{%- endmacro %}
