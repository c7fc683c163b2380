{{ config(
    enabled=(project_name == 'tokumei'),
    group='tokumei_example',
    meta={'tokumei': {'exception': {
        'reads': [
            'stg_taps',
            'taps_anonymized'
        ],
        'reason': 'The persons are invented; the test counts cases and shows none',
        'approved_by': '架空 花子 (invented), chief privacy officer'
    }}}
) }}

-- What hide_places leaves, reckoned anew without any coordinates: a tap is shown only if the
-- passenger's day neither began nor ended at its station, and the passenger was there on one
-- day only. The stations lie so far apart that the drawn offset of a hole changes nothing.
with days as (
    select
        card_id,
        travelled_on,
        min(tapped_at) as begun_at,
        max(tapped_at) as ended_at
    from {{ ref('stg_taps') }}
    group by card_id, travelled_on
),

of_the_day as (
    select distinct
        taps.card_id,
        taps.travelled_on,
        taps.station_code
    from {{ ref('stg_taps') }} as taps
    inner join days
    on
        taps.card_id = days.card_id
        and taps.travelled_on = days.travelled_on
        and taps.tapped_at in (days.begun_at, days.ended_at)
),

-- By hours, as the policy says: nights from 18 to 8, working days from 8 to 18.
habits as (
    select
        card_id,
        station_code
    from {{ ref('stg_taps') }}
    where extract(hour from tapped_at) >= 18 or extract(hour from tapped_at) < 8
    group by card_id, station_code
    having count(distinct cast(tapped_at - interval '8 hours' as date)) >= 2
    union
    select
        card_id,
        station_code
    from {{ ref('stg_taps') }}
    where
        extract(hour from tapped_at) between 8 and 17
        and extract(dow from tapped_at) between 1 and 5
    group by card_id, station_code
    having count(distinct travelled_on) >= 2
),

left_over as (
    select
        taps.station_name,
        count(*) as taps_left
    from {{ ref('stg_taps') }} as taps
    left join of_the_day
    on
        taps.card_id = of_the_day.card_id
        and taps.travelled_on = of_the_day.travelled_on
        and taps.station_code = of_the_day.station_code
    left join habits
    on
        taps.card_id = habits.card_id
        and taps.station_code = habits.station_code
    where of_the_day.card_id is null and habits.card_id is null
    group by taps.station_name
),

shown as (
    select
        station,
        count(*) as taps_shown
    from {{ ref('taps_anonymized') }}
    where station <> 'その他の駅'
    group by station
),

validation_errors as (
    select shown.station
    from shown
    left join left_over on shown.station = left_over.station_name
    where shown.taps_shown > coalesce(left_over.taps_left, 0)
    union all
    select releases.mart
    from {{ ref('releases') }} as releases
    where
        releases.mart = 'taps_anonymized'
        and releases.is_current
        and (
            releases.records_in <> (select sum(left_over.taps_left) from left_over)
            or releases.records_in + releases.records_hidden
            <> (select count(*) from {{ ref('stg_taps') }})
        )
)

select count(*) as places_seen
from validation_errors
having count(*) > 0
