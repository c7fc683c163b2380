{#- The middles of the holes, each with the cells that a hole of one and a half times `within` can touch. -#}
{% macro stage_places(policy, at) -%}
{%- set within = policy['hide_places']['within'] -%}
{%- set columns = tokumei._columns_of('(place.tokumei_band + shifted.north)', within) -%}
select distinct
    place.tokumei_subject,
    place.tokumei_north,
    place.tokumei_east,
    place.tokumei_band + shifted.north as tokumei_band,
    {{ tokumei._column_beside(tokumei._column('place.tokumei_east', columns), 'shifted.east', columns) }} as tokumei_column
from (
    select
        middle.*,
        {{ tokumei._band('middle.tokumei_north', within) }} as tokumei_band
    from (
        select distinct
            stays.tokumei_subject,
            {{ tokumei._shifted('stays') | indent(12) }}
        from {{ tokumei._as(at['stays'], 'stays') }}
        {{ tokumei._with_offset('stays', at) | indent(8) }}
    ) as middle
) as place
cross join {{ tokumei._shifts(2) }}
{%- endmacro %}

{#- A point moved by its offset, in whole micro-degrees. -#}
{% macro _shifted(stage) -%}
    {%- set stretch = 'greatest(cos(radians(cast(' ~ stage ~ '.tokumei_north as ' ~ tokumei.sql_type('double precision') ~ ') / 1000000 - 90)), 0.0001)' -%}
{{ stage }}.tokumei_north + cast(floor(offsets.tokumei_up / {{ tokumei._metres() }} + 0.5) as bigint) as tokumei_north,
mod({{ stage }}.tokumei_east + cast(floor(offsets.tokumei_right / {{ tokumei._metres() }} / {{ stretch }} + 0.5) as bigint) + 720000000, 360000000) as tokumei_east
{%- endmacro %}

{% macro _with_offset(stage, at) -%}
inner join {{ tokumei._as(at['offsets'], 'offsets') }}
    on {{ stage }}.tokumei_subject = offsets.tokumei_subject
        and {{ stage }}.tokumei_band = offsets.tokumei_band
        and {{ stage }}.tokumei_column = offsets.tokumei_column
{%- endmacro %}
