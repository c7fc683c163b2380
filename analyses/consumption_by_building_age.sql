{{ config(enabled=(project_name == 'tokumei')) }}

-- What a home uses in a part of the day, by when it was built and how large it is: where
-- insulation would tell. Values are rounded, 9 kWh and more being one, so that means of
-- large homes at night are lower estimates.
with readings as (

    select * from {{ ref('meter_readings_anonymized') }}

),

homes as (

    select * from {{ ref('homes_anonymized') }}

),

used as (

    select
        homes.built,
        homes.floor_area,
        readings.day_type,
        readings.part_of_day,
        count(distinct readings.pseudonym) as homes_counted,
        round(avg(readings.watt_hours) / 1000.0, 2) as mean_kwh
    from readings
    inner join homes on readings.pseudonym = homes.pseudonym
    group by homes.built, homes.floor_area, readings.day_type, readings.part_of_day

),

final as (

    select
        built,
        floor_area,
        day_type,
        part_of_day,
        homes_counted,
        mean_kwh
    from used
    where homes_counted >= 10

)

select * from final
order by built, floor_area, day_type, part_of_day
