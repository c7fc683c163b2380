{#- Does a record show a short identifier of its own subject more often than chance would? Chance is what the records of
    the next five subjects, in the order of the tokens, show of it. An id that equals somebody's age is chance.
    Inside longer text, three characters may be one, or two that are not Latin (a surname). -#}
{% macro _weak_identifiers() -%}
with compared as (
    select
        seen.number,
        count(distinct case when shifts.shift = 0 then own.token end) as own_matches,
        count(distinct case when shifts.shift > 0 then own.token || '.' || {{ tokumei.sql_text('shifts.shift') }} end) / 5.0 as chance
    from people
    cross join shifts
    inner join own on people.token = own.token
    inner join seen on (people.place - 1 + shifts.shift) % people.everyone + 1 = seen.place
    where
        (people.everyone > 5 or shifts.shift = 0)
        and length(own.plain) between 1 and 7
        and not seen.pseudonym
        and (
            own.plain = seen.value
            or (
                length(own.plain) >= case when {{ tokumei.sql_octet_length('own.plain') }} > length(own.plain) then 2 else 3 end
                and translate(own.plain, '0123456789', '') <> ''
                and {{ tokumei.sql_strpos('seen.value', 'own.plain') }} > 0
            )
        )
    group by own.kind, seen.number
)

select
    named.column_name,
    cast(sum(case when compared.own_matches > compared.chance + 3 * sqrt(compared.chance) + 3 then compared.own_matches else 0 end) as bigint) as violations,
    cast(max(compared.own_matches) as {{ tokumei.sql_type('double precision') }}) as measured
from compared
inner join named on compared.number = named.number
group by named.column_name
{%- endmacro %}
