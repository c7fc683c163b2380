{{ config(
    enabled=(project_name == 'tokumei'),
    group='tokumei_example',
    meta={'tokumei': {'exception': {
        'reads': [
            'checkups_anonymized',
            'diagnoses_anonymized',
            'homes_anonymized',
            'pupils_anonymized',
            'stg_cards',
            'stg_checkups',
            'stg_diagnoses',
            'stg_homes',
            'stg_pupils',
            'stg_taps',
            'taps_anonymized'
        ],
        'reason': 'The persons are invented; the test counts cases and shows none',
        'approved_by': '架空 花子 (invented), chief privacy officer'
    }}}
) }}

-- The guideline's own cases (3-2-2-4 and 3-2-2-5) are in the source and not to be seen in the
-- marts: the 116-year-old, the diagnosis of a single patient (and the four others that fewer
-- than ten have), the pupil of 170 cm, the one home of its kind, the commuter whose taps tell
-- home and work. within_bounds does not read labels such as 90歳以上, and no audit knows
-- whether the seeds still hold these persons.
with in_source as (
    select 'age' as what
    from {{ ref('stg_checkups') }}
    where birth_date < date '1916-01-01'
    union all
    select 'diagnosis' as what
    from {{ ref('stg_diagnoses') }}
    where icd_code = 'E75.2'
    union all
    select 'height' as what
    from {{ ref('stg_pupils') }}
    where height = 170
    union all
    select 'home' as what
    from {{ ref('stg_homes') }}
    where built_year = 1898
    union all
    select 'commuter' as what
    from (
        select cards.card_id
        from {{ ref('stg_cards') }} as cards
        inner join {{ ref('stg_taps') }} as taps on cards.card_id = taps.card_id
        where
            cards.pass_type = '通勤定期'
            and cards.pass_from = 'L07'
            and cards.pass_to = 'L01'
        group by cards.card_id
        having count(distinct taps.travelled_on) >= 5
        order by cards.card_id
        limit 1
    ) as commuter
),

in_marts as (
    select 'age' as what
    from {{ ref('checkups_anonymized') }}
    where age_band like '1%' or (age_band like '9%' and age_band <> '90歳以上')
    union all
    select 'diagnosis' as what
    from {{ ref('diagnoses_anonymized') }}
    where diagnosis in ('E75', 'E85', 'G12', 'G35', 'M34')
    union all
    select 'height' as what
    from {{ ref('pupils_anonymized') }}
    where
        height not in ('119cm以下', '120-129cm', '130-139cm', '140-149cm', '150cm以上')
    union all
    select 'home' as what
    from {{ ref('homes_anonymized') }}
    where built = '1980年以前' and floor_area = '100㎡以上' and household_size = 1
    union all
    select 'commuter' as what
    from {{ ref('taps_anonymized') }}
    group by pseudonym
    having count(*) >= 10
),

validation_errors as (
    select in_marts.what
    from in_marts
    union all
    select in_source.what
    from in_source
    group by in_source.what
    having count(*) <> 1
    union all
    select 'missing' as what
    from in_source
    having count(distinct in_source.what) <> 5
)

select count(*) as cases_seen
from validation_errors
having count(*) > 0
