{#- The records with their place in whole micro-degrees, the cell it lies in and the clock time. No place where a coordinate
    is missing, unreadable or off the earth. What says something of a place or time that cannot be read is unjudged. -#}
{% macro stage_points(policy, records) -%}
{%- set places = policy['hide_places'] -%}
{%- set columns = tokumei._columns_of('cell.tokumei_band', places['within']) -%}
select
    cell.*,
    {{ tokumei._column('cell.tokumei_east', columns) }} as tokumei_column
from (
    select
        located.*,
        {{ tokumei._band('located.tokumei_north', places['within']) }} as tokumei_band,
        located.tokumei_given and (located.tokumei_north is null or {{ tokumei.sql_date_part('hour', 'located.tokumei_moment') }} is null) as tokumei_unjudged
    from (
        select
            measured.*,
            case when {{ tokumei._on_earth() }} then measured.tokumei_lat + 90000000 end as tokumei_north,
            case when {{ tokumei._on_earth() }} then mod(measured.tokumei_lon + 180000000, 360000000) end as tokumei_east
        from (
            select
                source.*,
                {{ tokumei._micro_degrees(policy, places['lat']) }} as tokumei_lat,
                {{ tokumei._micro_degrees(policy, places['lon']) }} as tokumei_lon,
                cast({{ tokumei._as_timestamp(tokumei._source_value(policy, places['at'], 'timestamp')) }} as {{ tokumei.sql_type('timestamp') }}) as tokumei_moment,
                source.{{ tokumei.sql_identifier(places['lat']) }} is not null or source.{{ tokumei.sql_identifier(places['lon']) }} is not null as tokumei_given
            from {{ tokumei._as(records, 'source') }}
        ) as measured
    ) as located
) as cell
{%- endmacro %}

{% macro _on_earth() -%}
    {{- return('abs(measured.tokumei_lat) <= 90000000 and abs(measured.tokumei_lon) <= 180000000') -}}
{%- endmacro %}

{#- What is no number comes out as one off the earth: least and greatest pass over a null. -#}
{% macro _micro_degrees(policy, column) -%}
    {%- set degrees = tokumei._source_value(policy, column, 'degrees').sql -%}
    {{- return('cast(floor(least(greatest(' ~ degrees ~ ', -181), 181) * 1000000 + 0.5) as bigint)') -}}
{%- endmacro %}

{#- The columns of the source that places are found by, and what they are read as. -#}
{% macro _places_read(policy) -%}
    {%- set places = policy['hide_places'] -%}
    {%- set read = [[places['lat'], 'degrees'], [places['lon'], 'degrees'], [places['at'], 'timestamp']] -%}
    {{- return(read + ([[places['trip'], none]] if places['trip'] else [])) -}}
{%- endmacro %}
