{#- Normalising every identifier of the source would cost more than the release. So: six characters that stand in a
    published value are where an identifier could begin; the distinct four-character beginnings of the identifiers are
    compared with those; only identifiers with such a beginning are normalised and compared in full. Nothing is missed:
    a beginning is left out only when what it normalises to begins no such place. Whole numbers are in one form already. -#}
{% macro _strong_identifiers(policy, scene, identifiers) -%}
{%- set numbers = [] -%}
{%- set texts = [] -%}
{%- for name in identifiers -%}
    {%- do (numbers if policy['source']['types'].get(name) == 'integer' else texts).append(name) -%}
{%- endfor -%}
with {{ tokumei._published_values() }},

grams as (
    select distinct placed.column_name, placed.value, substr(placed.value, placed.place, 6) as gram
    from (
        select published.column_name, published.value, {{ tokumei.sql_series('length(published.value) - 5') }} as place
        from published
        where length(published.value) >= 8 or (length(published.value) >= 6 and published.value like '%@%')
    ) as placed
),
{%- if texts %}

places as (
    select substr(grams.gram, 1, 1) as start from grams
    union
    select substr(grams.gram, 1, 2) as start from grams
    union
    select substr(grams.gram, 1, 3) as start from grams
),

beginnings as {{ tokumei.sql_materialized() }}(
    select
        beginning.kind,
        beginning.raw,
        {{ tokumei.sql_normalise('substr(beginning.raw, 1, 3)') }} as start,
        substr(beginning.raw, 4, 1) as following
    from (
        {%- call(raw, number) tokumei._each_identifier(texts) %}
        select distinct {{ number }} as kind, substr({{ raw }}, 1, 4) as raw
        from {{ scene['origin'] }} as origin
        where {{ tokumei._long_enough(raw) }}
        {%- endcall %}
    ) as beginning
),

suspected as (
    select beginnings.kind, beginnings.raw
    from beginnings
    where
        exists (select 1 from grams)
        and (
            beginnings.start = ''
            or beginnings.start in (select places.start from places)
            or {{ tokumei.sql_matches('beginnings.following', '[\u0300-\u036f\u3099\u309aﾞﾟ]') }}
        )
),

{%- endif %}

named as {{ tokumei.sql_materialized() }}(
    {%- call(raw, number) tokumei._each_identifier(numbers) %}
    select {{ raw }} as value
    from {{ scene['origin'] }} as origin
    where
        exists (select 1 from grams where translate(grams.gram, '0123456789', '') = '')
        and length({{ raw }}) >= 8
        and substr(translate({{ raw }}, '-', ''), 1, 6) in (select grams.gram from grams)
    {%- endcall %}
    {%- if numbers and texts %}
    union all
    {%- endif %}
    {%- call(raw, number) tokumei._each_identifier(texts) %}
    select {{ raw }} as value
    from {{ scene['origin'] }} as origin
    where
        substr({{ raw }}, 1, 4) in ({{ tokumei.sql_few('suspected.raw', 'suspected where suspected.kind = ' ~ number) }})
        and {{ tokumei._long_enough(raw) }}
    {%- endcall %}
),

compared as {{ tokumei.sql_materialized() }}(
    select {{ tokumei.sql_normalise('named.value') }} as value
    from named
)

select
    grams.column_name,
    cast(count(distinct compared.value) as bigint) as violations,
    cast(null as {{ tokumei.sql_type('double precision') }}) as measured
from compared
inner join grams on substr(compared.value, 1, 6) = grams.gram
where
    (length(compared.value) >= 8 or compared.value like '%@%')
    and {{ tokumei.sql_strpos('grams.value', 'compared.value') }} > 0
group by grams.column_name
{%- endmacro %}

{% macro _long_enough(raw) -%}
    {{- return('(length(' ~ raw ~ ') >= 8 or ' ~ tokumei.sql_strpos(raw, "'@'") ~ ' > 0 or ' ~ tokumei.sql_strpos(raw, "'＠'") ~ ' > 0)') -}}
{%- endmacro %}
