with taps as (

    select * from {{ ref('raw_taps') }}

),

stations as (

    select * from {{ ref('raw_stations') }}

),

joined as (

    select
        taps.tap_no,
        taps.card_id,
        taps.station_code,
        stations.station_name,
        stations.latitude,
        stations.longitude,
        taps.gate,
        taps.tapped_at,
        cast(taps.tapped_at as date) as travelled_on
    from taps
    inner join stations on taps.station_code = stations.station_code

)

select * from joined
