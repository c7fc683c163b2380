{{ config(enabled=(project_name == 'tokumei')) }}

-- Where people go beside home and work, and when: passengers by station, kind of day and two
-- hours. A passenger is a pseudonym of the week; nothing tells who it is, nor joins it to an
-- age. Homes and places of work are hidden, so these are no counts of all passengers.
with taps as (

    select * from {{ ref('taps_anonymized') }}

),

counted as (

    select
        station,
        day_type,
        two_hours,
        count(*) as taps_counted,
        count(distinct pseudonym) as passengers
    from taps
    group by station, day_type, two_hours

),

final as (

    select
        station,
        day_type,
        two_hours,
        taps_counted,
        passengers
    from counted
    where passengers >= 10

)

select * from final
order by station asc, passengers desc
