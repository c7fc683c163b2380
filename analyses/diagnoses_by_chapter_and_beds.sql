{{ config(enabled=(project_name == 'tokumei')) }}

-- Who is treated where: patients by chapter of ICD-10 and size of the hospital. The
-- hierarchy is public, so that analysts may join it to the codes that are shown; the rare
-- ones (その他) have no chapter, and keep a line of their own.
with diagnoses as (

    select * from {{ ref('diagnoses_anonymized') }}

),

codes as (

    select * from {{ ref('diagnosis_codes') }}

),

counted as (

    select
        coalesce(codes.chapter, diagnoses.diagnosis) as chapter,
        diagnoses.beds,
        count(distinct diagnoses.pseudonym) as patients,
        count(*) as diagnoses_made
    from diagnoses
    left join codes on diagnoses.diagnosis = codes.value
    group by coalesce(codes.chapter, diagnoses.diagnosis), diagnoses.beds

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
