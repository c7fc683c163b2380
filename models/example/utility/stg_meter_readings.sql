with readings as (

    select * from {{ ref('raw_meter_readings') }}

),

homes as (

    select * from {{ ref('raw_homes') }}

),

-- Half-hours show when somebody gets up and which appliance runs: no mart starts from anything
-- finer than these sums.
summed as (

    select
        meter_point,
        read_on,
        (
            s01 + s02 + s03 + s04 + s05 + s06 + s07 + s08 + s09 + s10 + s11 + s12
        ) * 100 as night,
        (
            s13 + s14 + s15 + s16 + s17 + s18 + s19 + s20
        ) * 100 as morning,
        (
            s21 + s22 + s23 + s24 + s25 + s26 + s27 + s28 + s29 + s30 + s31 + s32
            + s33 + s34
        ) * 100 as daytime,
        (
            s35 + s36 + s37 + s38 + s39 + s40 + s41 + s42 + s43 + s44 + s45 + s46
            + s47 + s48
        ) * 100 as evening
    from readings

),

parts as (

    select
        meter_point,
        read_on,
        '深夜(0時から6時)' as part_of_day,
        night as watt_hours
    from summed

    union all

    select
        meter_point,
        read_on,
        '朝(6時から10時)' as part_of_day,
        morning as watt_hours
    from summed

    union all

    select
        meter_point,
        read_on,
        '日中(10時から17時)' as part_of_day,
        daytime as watt_hours
    from summed

    union all

    select
        meter_point,
        read_on,
        '夜(17時から24時)' as part_of_day,
        evening as watt_hours
    from summed

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
