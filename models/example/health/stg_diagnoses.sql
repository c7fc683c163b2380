with diagnoses as (

    select * from {{ ref('raw_diagnoses') }}

),

patients as (

    select * from {{ ref('raw_checkups') }}

),

institutions as (

    select * from {{ ref('raw_institutions') }}

),

joined as (

    select
        diagnoses.diagnosis_no,
        diagnoses.patient_no,
        patients.birth_date,
        patients.sex,
        diagnoses.institution_code,
        institutions.beds,
        diagnoses.diagnosed_on,
        diagnoses.icd_code,
        nullif(diagnoses.note, '') as note
    from diagnoses
    inner join patients on diagnoses.patient_no = patients.patient_no
    inner join institutions on diagnoses.institution_code = institutions.institution_code

)

select * from joined
