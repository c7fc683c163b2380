{{ config(enabled=(project_name == 'tokumei')) }}

-- Who is treated where: patients by chapter of ICD-10 and size of the hospital. The
-- hierarchy is public, so that analysts may join it to what is shown: a code, or the block
-- or chapter that stands for rare ones. So no record is without a chapter.
with diagnoses as (

    select * from {{ ref('diagnoses_anonymized') }}

),

codes as (

    select * from {{ ref('diagnosis_codes') }}

),

chapters as (

    select
        value as diagnosis,
        chapter
    from codes
    union
    select
        block as diagnosis,
        chapter
    from codes
    union
    select
        chapter as diagnosis,
        chapter
    from codes

),

counted as (

    select
        chapters.chapter,
        diagnoses.beds,
        count(distinct diagnoses.pseudonym) as patients,
        count(*) as diagnoses_made
    from diagnoses
    inner join chapters on diagnoses.diagnosis = chapters.diagnosis
    group by chapters.chapter, diagnoses.beds

),

final as (

    select
        chapter,
        beds,
        patients,
        diagnoses_made
    from counted
    where patients >= 10

)

select * from final
order by chapter asc, patients desc
