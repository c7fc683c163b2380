{{ config(enabled=(project_name == 'tokumei')) }}

-- How many have a systolic pressure of 140 and more, by age band and sex. What is shown is
-- the mean of three patients and more who are alike: over all the share comes out as it is,
-- in a small group it may be off by a patient or two.
with checkups as (

    select * from {{ ref('checkups_anonymized') }}

),

counted as (

    select
        age_band,
        sex,
        count(*) as patients,
        sum(case when systolic >= 140 then 1 else 0 end) as patients_high
    from checkups
    group by age_band, sex

),

final as (

    select
        age_band,
        sex,
        patients,
        patients_high,
        round(100.0 * patients_high / patients, 1) as percent_high
    from counted
    where patients >= 10

)

select * from final
order by age_band, sex
