{#- The records without what lies near a place: left out, or with their cells made null. A record without coordinates stays;
    one whose coordinates or time cannot be read is treated as near, since nobody can say that it is not. -#}
{% macro stage_seen(policy, at) -%}
{%- set places = policy['hide_places'] -%}
{%- set subject = tokumei.sql_identifier(policy['subject']) -%}
{%- set seen = ['not points.tokumei_unjudged'] -%}
{%- for stage in ['near_places', 'near_ends'] if at.get(stage) -%}
    {%- do seen.append(stage ~ '.tokumei_subject is null') -%}
{%- endfor -%}
select
    {{ tokumei._lines(tokumei._seen_columns(policy, at, seen | join(' and '))) }}
from {{ tokumei._as(at['points'], 'points') }}
{%- if at.get('near_places') %}
left join {{ tokumei._as(at['near_places'], 'near_places') }}
    on points.{{ subject }} = near_places.tokumei_subject
        and points.tokumei_north = near_places.tokumei_north
        and points.tokumei_east = near_places.tokumei_east
{%- endif %}
{%- if at.get('near_ends') %}
left join {{ tokumei._as(at['near_ends'], 'near_ends') }}
    on points.{{ subject }} = near_ends.tokumei_subject
        and points.{{ tokumei.sql_identifier(places['trip']) }} = near_ends.tokumei_trip
        and points.tokumei_north = near_ends.tokumei_north
        and points.tokumei_east = near_ends.tokumei_east
{%- endif %}
{%- if places['suppress'] == 'record' %}
where {{ seen | join('\n    and ') }}
{%- endif -%}
{%- endmacro %}

{#- With cells, every form of a hidden column is made null: also as the stage `source` has read it. -#}
{% macro _seen_columns(policy, at, seen) -%}
    {%- set places = policy['hide_places'] -%}
    {%- set hidden = [places['lat'], places['lon']] + places['cells'] -%}
    {%- set columns = [] -%}
    {%- for entry in tokumei._source_columns(policy) -%}
        {%- set name = 'points.' ~ tokumei.sql_identifier(entry['name']) -%}
        {%- if places['suppress'] == 'cell' and entry['of'] in hidden -%}
            {%- do columns.append('case when ' ~ seen ~ ' then ' ~ name ~ ' end as ' ~ tokumei.sql_identifier(entry['name'])) -%}
        {%- else -%}
            {%- do columns.append(name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if tokumei._numbers_records(policy) -%}{%- do columns.append('points.tokumei_record') -%}{%- endif -%}
    {%- do columns.extend(tokumei._noise_columns(policy)) -%}
    {%- if places['suppress'] == 'cell' -%}
        {%- do columns.append('not (' ~ seen ~ ') as tokumei_hidden') -%}
    {%- endif -%}
    {{- return(columns) -}}
{%- endmacro %}

{#- The draws of the stage `source`, by name. -#}
{% macro _noise_columns(policy) -%}
    {%- set names = [] -%}
    {%- for column in policy['columns'] if 'add_noise' in (column['steps'] | map(attribute='name') | list) -%}
        {%- do names.append('points.' ~ tokumei._draw_name(column['from'])) -%}
    {%- endfor -%}
    {{- return(names | unique | list) -}}
{%- endmacro %}
