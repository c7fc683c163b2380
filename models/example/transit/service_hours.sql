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
        cast(extract(hour from first_minute) as integer) as hour_number,
        cast(extract(dow from first_minute) as integer) as day_number
    from hours

),

hierarchy as (

    select
        first_minute as value,
        case
            when hour_number < 10 then '9時台以前'
            when hour_number >= 18 then '18時台以降'
            else
                cast(hour_number - hour_number % 2 as varchar(2)) || '・'
                || cast(hour_number - hour_number % 2 + 1 as varchar(2)) || '時台'
        end as two_hours,
        case when day_number in (0, 6) then '土日' else '平日' end as day_type
    from numbered

)

select * from hierarchy
