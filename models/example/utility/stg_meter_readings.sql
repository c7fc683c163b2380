{#- Part of the day, and the first and last of its half-hours. -#}
{%- set parts = [
    ('深夜(0時から6時)', 1, 12),
    ('朝(6時から10時)', 13, 20),
    ('日中(10時から17時)', 21, 34),
    ('夜(17時から24時)', 35, 48),
] -%}
with readings as (

    select * from {{ ref('raw_meter_readings') }}

),

homes as (

    select * from {{ ref('raw_homes') }}

),

-- Half-hours show when somebody gets up and which appliance runs: no mart starts from anything finer than this.
parts as (

    {% for name, first, last in parts %}
    select
        meter_point,
        read_on,
        '{{ name }}' as part_of_day,
        100 * (
            {% for slot in range(first, last + 1) %}{{ ' + ' if not loop.first }}s{{ '%02d' % slot }}{% endfor %}

        ) as watt_hours
    from readings
    {% if not loop.last %}

    union all

    {% endif %}
    {% endfor %}

),

joined as (

    select
        homes.customer_no,
        parts.meter_point,
        parts.read_on,
        parts.part_of_day,
        parts.watt_hours
    from parts
    inner join homes on parts.meter_point = homes.meter_point

)

select * from joined
