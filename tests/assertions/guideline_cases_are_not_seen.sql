{{ config(enabled=(project_name == 'tokumei')) }}

-- The guideline's own cases (3-2-2-4 and 3-2-2-5) are in the source and not to be seen in the marts: the 116-year-old,
-- the diagnosis of a single patient, the pupil of 170 cm, the one home of its kind. within_bounds does not read
-- labels such as 90歳以上, and no audit knows whether the seeds still hold these persons.
with cases as (
    select
        'age' as what,
        (select count(*) from {{ ref('stg_checkups') }} where birth_date < date '1916-01-01') as in_source,
        (
            select count(*) from {{ ref('checkups_anonymized') }}
            where age_band like '1%' or (age_band like '9%' and age_band <> '90歳以上')
        ) as in_mart
    union all
    select
        'diagnosis' as what,
        (select count(*) from {{ ref('stg_diagnoses') }} where icd_code = 'E75.2') as in_source,
        (select count(*) from {{ ref('diagnoses_anonymized') }} where diagnosis = 'E75') as in_mart
    union all
    select
        'height' as what,
        (select count(*) from {{ ref('stg_pupils') }} where height = 170) as in_source,
        (
            select count(*) from {{ ref('pupils_anonymized') }}
            where height not in ('119cm以下', '120-129cm', '130-139cm', '140-149cm', '150cm以上')
        ) as in_mart
    union all
    select
        'home' as what,
        (select count(*) from {{ ref('stg_homes') }} where built_year = 1898) as in_source,
        (
            select count(*) from {{ ref('homes_anonymized') }}
            where built = '1980年以前' and floor_area = '100㎡以上' and household_size = 1
        ) as in_mart
),

validation_errors as (
    select what
    from cases
    where in_source <> 1 or in_mart <> 0
)

select count(*) as cases_seen
from validation_errors
having count(*) > 0
