{#- Where a person was that lies in a hole around one of the person's own places. -#}
{% macro stage_near_places(policy, at) -%}
select distinct
    places.tokumei_subject,
    points.tokumei_north,
    points.tokumei_east
from {{ tokumei._as(at['points'], 'points') }}
inner join {{ tokumei._as(at['places'], 'places') }}
    on points.{{ tokumei.sql_identifier(policy['subject']) }} = places.tokumei_subject
        and points.tokumei_band = places.tokumei_band
        and points.tokumei_column = places.tokumei_column
where {{ tokumei._is_near('points', 'places', policy['hide_places']['within'] * 1.5) }}
{%- endmacro %}
