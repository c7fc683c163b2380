{{ config(enabled=(project_name == 'tokumei')) }}

-- How the heights of a grade are spread, boys and girls apart. k is three: no group is
-- smaller. One pupil in about twenty is synthetic (releases tells how many): counts are too
-- high by that, shares are not.
with pupils as (

    select * from {{ ref('pupils_anonymized') }}

),

counted as (

    select
        grade,
        sex,
        height,
        count(*) as pupils
    from pupils
    group by grade, sex, height

),

final as (

    select
        grade,
        sex,
        height,
        pupils,
        round(100.0 * pupils / sum(pupils) over (partition by grade, sex), 1) as percent_of_group
    from counted

)

select * from final
order by grade, sex, height
