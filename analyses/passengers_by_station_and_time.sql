{{ config(enabled=(project_name == 'tokumei')) }}

-- How full the stations are, and how many of the passengers of a station come in more than
-- one part of the day. A passenger is a pseudonym of the week; nothing tells who it is, nor
-- joins it to an age.
with taps as (

    select * from {{ ref('taps_anonymized') }}

),

parts as (

    select
        station,
        pseudonym,
        count(distinct time_band) as parts_of_day
    from taps
    group by station, pseudonym

),

counted as (

    select
        taps.station,
        taps.time_band,
        count(*) as taps_counted,
        count(distinct taps.pseudonym) as passengers,
        count(
            distinct case when parts.parts_of_day > 1 then taps.pseudonym end
        ) as passengers_of_several_parts
    from taps
    inner join parts
    on
        taps.station = parts.station
        and taps.pseudonym = parts.pseudonym
    group by taps.station, taps.time_band

),

final as (

    select
        station,
        time_band,
        taps_counted,
        passengers,
        passengers_of_several_parts
    from counted
    where passengers >= 10

)

select * from final
order by station asc, passengers desc
