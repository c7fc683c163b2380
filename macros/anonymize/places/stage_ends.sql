{#- Where each trip of a person began and ended: the mean of its points at its first, and at its last moment. -#}
{% macro stage_ends(policy, at) -%}
{%- set places = policy['hide_places'] -%}
{%- set trip = tokumei.sql_identifier(places['trip']) -%}
with timed as (
    select
        points.{{ tokumei.sql_identifier(policy['subject']) }} as tokumei_subject,
        points.{{ trip }} as tokumei_trip,
        points.tokumei_moment,
        points.tokumei_north,
        points.tokumei_east,
        min(points.tokumei_moment) over trips as tokumei_first,
        max(points.tokumei_moment) over trips as tokumei_last
    from {{ tokumei._as(at['points'], 'points') }}
    where points.{{ trip }} is not null
        and points.tokumei_north is not null
        and not points.tokumei_unjudged
    window trips as (partition by points.{{ tokumei.sql_identifier(policy['subject']) }}, points.{{ trip }})
),

met as (
    {%- for end in ['first', 'last'] %}
    {{- '\n    union all' if not loop.first }}
    select
        timed.tokumei_subject,
        timed.tokumei_trip,
        timed.tokumei_moment,
        {{ tokumei._mean('sum(timed.tokumei_north)', 'count(*)') }} as tokumei_north,
        {{ tokumei._mean('sum(timed.tokumei_east)', 'count(*)') }} as tokumei_east
    from timed
    where timed.tokumei_moment = timed.tokumei_{{ end }}
    group by 1, 2, 3
    {%- endfor %}
),

cell as (
    select
        met.*,
        {{ tokumei._band('met.tokumei_north', places['within']) }} as tokumei_band
    from met
)

select
    cell.tokumei_subject,
    cell.tokumei_trip,
    cell.tokumei_moment,
    cell.tokumei_north,
    cell.tokumei_east,
    cell.tokumei_band,
    {{ tokumei._column('cell.tokumei_east', tokumei._columns_of('cell.tokumei_band', places['within'])) }} as tokumei_column
from cell
{%- endmacro %}
