{#- Where a person was on a trip that lies in a hole around one of its ends, or at its first or last moment. -#}
{% macro stage_near_ends(policy, at) -%}
{%- set subject = tokumei.sql_identifier(policy['subject']) -%}
{%- set trip = tokumei.sql_identifier(policy['hide_places']['trip']) -%}
select distinct
    middle.tokumei_subject,
    middle.tokumei_trip,
    points.tokumei_north,
    points.tokumei_east
from {{ tokumei._as(at['points'], 'points') }}
inner join (
    select
        ends.tokumei_subject,
        ends.tokumei_trip,
        ends.tokumei_moment,
        {{ tokumei._shifted('ends') | indent(8) }}
    from {{ tokumei._as(at['ends'], 'ends') }}
    {{ tokumei._with_offset('ends', at) | indent(4) }}
) as middle
    on points.{{ subject }} = middle.tokumei_subject
        and points.{{ trip }} = middle.tokumei_trip
where points.tokumei_moment = middle.tokumei_moment
    or {{ tokumei._is_near('points', 'middle', policy['hide_places']['within'] * 1.5) }}
{%- endmacro %}
