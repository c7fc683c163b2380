with source as (

    select * from {{ ref('raw_checkups') }}

),

renamed as (

    select
        patient_no,
        insurer_no,
        insured_no,
        full_name,
        kana,
        phone,
        birth_date,
        sex,
        postal_code,
        street,
        institution_code,
        checked_on,
        bmi,
        systolic,
        hba1c,
        nullif(remark, '') as remark
    from source

)

select * from renamed
