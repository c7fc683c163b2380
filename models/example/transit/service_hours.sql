with taps as (

    select * from {{ ref('stg_taps') }}

),

hours as (

    select distinct date_trunc('hour', tapped_at) as first_minute
    from taps

),

numbered as (

    select
        first_minute,
        cast(extract(hour from first_minute) as integer) as hour_number
    from hours

),

hierarchy as (

    select
        first_minute as value,
        cast(hour_number as varchar(2)) || '時台' as hour_of_day,
        case
            when hour_number < 10 then '朝(始発から9時台)'
            when hour_number < 16 then '日中(10時台から15時台)'
            else '夕方以降(16時台から)'
        end as time_band
    from numbered

)

select * from hierarchy
