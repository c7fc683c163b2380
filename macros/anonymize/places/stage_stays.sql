{#- The cells where a person regularly is at night or on workdays: there are such points in the cell, and in it and the
    eight around it they are of enough distinct days. Each with the mean of its points. -#}
{% macro stage_stays(policy, at) -%}
{%- set places = policy['hide_places'] -%}
{%- set within = places['within'] -%}
{%- set columns = tokumei._columns_of('met.tokumei_band', within) -%}
{%- set below = tokumei._columns_of('(met.tokumei_band - 1)', within) -%}
{%- set above = tokumei._columns_of('(met.tokumei_band + 1)', within) -%}
{%- set shifted = tokumei._columns_of('(visited.tokumei_band + shifted.north)', within) -%}
with met as (
    {%- for hours in ['night', 'workdays'] if places[hours] %}
    {{- '\n    union all' if not loop.first }}
    select
        points.{{ tokumei.sql_identifier(policy['subject']) }} as tokumei_subject,
        '{{ hours }}' as tokumei_hours,
        {{ tokumei._day_of(hours, places[hours]) }} as tokumei_day,
        points.tokumei_band,
        points.tokumei_column,
        points.tokumei_north,
        points.tokumei_east
    from {{ tokumei._as(at['points'], 'points') }}
    where points.tokumei_north is not null
        and {{ tokumei._in_hours(hours, places[hours]) }}
    {%- endfor %}
),

visited as (
    select
        met.tokumei_subject,
        met.tokumei_hours,
        met.tokumei_day,
        met.tokumei_band,
        met.tokumei_column,
        {{ tokumei._column('met.tokumei_east', below) }} as tokumei_column_below,
        {{ tokumei._column('met.tokumei_east', above) }} as tokumei_column_above,
        sum(met.tokumei_north) as tokumei_north,
        sum(met.tokumei_east) as tokumei_east,
        count(*) as tokumei_points
    from met
    group by 1, 2, 3, 4, 5, 6, 7
),

around as (
    select
        visited.tokumei_subject,
        visited.tokumei_hours,
        visited.tokumei_band + shifted.north as tokumei_band,
        {{ tokumei._column_beside('case shifted.north when -1 then visited.tokumei_column_below when 0 then visited.tokumei_column else visited.tokumei_column_above end', 'shifted.east', shifted) }} as tokumei_column
    from visited
    cross join {{ tokumei._shifts(1) }}
    group by 1, 2, 3, 4
    having count(distinct visited.tokumei_day) >= {{ places['regularly'] }}
),

own as (
    select
        visited.tokumei_subject,
        visited.tokumei_hours,
        visited.tokumei_band,
        visited.tokumei_column,
        {{ tokumei._mean('sum(visited.tokumei_north)', 'sum(visited.tokumei_points)') }} as tokumei_north,
        {{ tokumei._mean('sum(visited.tokumei_east)', 'sum(visited.tokumei_points)') }} as tokumei_east,
        cast(sum(visited.tokumei_points) as bigint) as tokumei_points
    from visited
    group by 1, 2, 3, 4
)

select
    own.tokumei_subject,
    own.tokumei_band,
    own.tokumei_column,
    own.tokumei_north,
    own.tokumei_east,
    own.tokumei_points
from own
inner join around
    on own.tokumei_subject = around.tokumei_subject
        and own.tokumei_hours = around.tokumei_hours
        and own.tokumei_band = around.tokumei_band
        and own.tokumei_column = around.tokumei_column
{%- endmacro %}

{% macro _mean(total, number) -%}
    {{- return('cast(floor(cast(' ~ total ~ ' as ' ~ tokumei.sql_type('double precision') ~ ') / cast(' ~ number ~ ' as ' ~ tokumei.sql_type('double precision') ~ ')) as bigint)') -}}
{%- endmacro %}

{% macro _in_hours(kind, hours) -%}
    {%- set hour = tokumei.sql_date_part('hour', 'points.tokumei_moment') -%}
    {%- set join = ' or ' if hours[0] > hours[1] else ' and ' -%}
    {%- set within = '(' ~ hour ~ ' >= ' ~ hours[0] ~ join ~ hour ~ ' < ' ~ hours[1] ~ ')' -%}
    {%- if kind == 'night' -%}
        {{- return(within) -}}
    {%- endif -%}
    {{- return(within ~ '\n        and ' ~ tokumei.sql_date_part('isodow', 'points.tokumei_moment') ~ ' <= 5') -}}
{%- endmacro %}

{#- A night that wraps midnight is one: its hours after midnight belong to the day on which it began. -#}
{% macro _day_of(kind, hours) -%}
    {%- if hours[0] > hours[1] and hours[1] > 0 -%}
        {{- return("cast(points.tokumei_moment - interval '" ~ hours[1] ~ " hours' as date)") -}}
    {%- endif -%}
    {{- return('cast(points.tokumei_moment as date)') -}}
{%- endmacro %}
