with readings as (

    select * from {{ ref('raw_meter_readings') }}

),

days as (

    select distinct read_on
    from readings

),

numbered as (

    select
        read_on,
        cast(extract(dow from read_on) as integer) as day_number
    from days

),

hierarchy as (

    select
        read_on as value,
        case when day_number in (0, 6) then '土日' else '平日' end as day_type
    from numbered

)

select * from hierarchy
