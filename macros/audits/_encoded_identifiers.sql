{#- Does a record show an identifier of its own subject reversed, encoded, digested, or of an e-mail address the part before the
    @? As a whole: more often than chance would. Inside the value, or a slice of a digest: eight characters are no chance,
    and four subjects no accident. -#}
{% macro _encoded_identifiers() -%}
with inputs as {{ tokumei.sql_materialized() }}(
    {%- for form in tokumei._simpler_forms('few_own.value') %}
    select few_own.place, few_own.kind, {{ form }} as value
    from few_own
    {%- if not loop.last %}
    union
    {%- endif %}
    {%- endfor %}
),

digests as {{ tokumei.sql_materialized() }}(
    {%- for digest in tokumei.sql_digests('inputs.value') %}
    select inputs.place, inputs.kind, {{ digest }} as value from inputs where inputs.value <> ''
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

forms as {{ tokumei.sql_materialized() }}(
    select distinct form.place, form.kind, form.digest, {{ tokumei.sql_without_zeros('lower(form.value)') }} as value
    from (
        select few_own.place, few_own.kind, false as digest, reverse(few_own.plain) as value
        from few_own
        where length(few_own.plain) >= 3 and reverse(few_own.plain) <> few_own.plain
        union all
        select inputs.place, inputs.kind, false as digest, {{ tokumei.sql_normalise('substr(inputs.value, 1, ' ~ tokumei.sql_strpos('inputs.value', "'@'") ~ ' - 1)') }} as value
        from inputs
        where {{ tokumei.sql_strpos('inputs.value', "'@'") }} > 3
        union all
        select inputs.place, inputs.kind, false as digest, {{ tokumei._normalised_base64(tokumei.sql_base64('inputs.value')) }} as value from inputs
        union all
        select inputs.place, inputs.kind, false as digest, {{ tokumei.sql_hexadecimal('inputs.value') }} as value from inputs
        union all
        select digests.place, digests.kind, true as digest, digests.value from digests
        union all
        select digests.place, digests.kind, true as digest, {{ tokumei._normalised_base64(tokumei.sql_hexadecimal_to_base64('digests.value')) }} as value from digests
    ) as form
    where form.value <> ''
),

whole as (
    select
        seen.number,
        count(distinct case when shifts.shift = 0 then few.place end) as own_matches,
        count(distinct case when shifts.shift > 0 then few.place * 6 + shifts.shift end) / 5.0 as chance
    from few
    cross join shifts
    inner join forms on few.place = forms.place
    inner join seen on (few.place - 1 + shifts.shift) % few.everyone + 1 = seen.place and forms.value = seen.value
    where few.everyone > 5 or shifts.shift = 0
    group by forms.kind, seen.number
),

within as (
    select
        seen.number,
        count(distinct forms.place) as own_matches,
        0.0 as chance
    from forms
    inner join seen on forms.place = seen.place
    where
        length(forms.value) >= 8
        and length(seen.value) >= 8
        and ({{ tokumei.sql_strpos('seen.value', 'forms.value') }} > 0 or (forms.digest and {{ tokumei.sql_strpos('forms.value', 'seen.value') }} > 0))
    group by forms.kind, seen.number
)

select
    named.column_name,
    cast(sum(matched.own_matches) as bigint) as violations,
    cast(max(matched.own_matches) as {{ tokumei.sql_type('double precision') }}) as measured
from (select * from whole union all select * from within) as matched
inner join named on matched.number = named.number
where matched.own_matches > matched.chance + 6 * sqrt(matched.chance) + 3
group by named.column_name
{%- endmacro %}
