with source as (

    select * from {{ ref('raw_pupils') }}

),

renamed as (

    select
        pupil_no,
        full_name,
        birth_date,
        grade,
        class_name,
        sex,
        height,
        weight,
        eyesight,
        caries,
        nullif(doctor_remark, '') as doctor_remark
    from source

)

select * from renamed
