with source as (

    select * from {{ ref('raw_homes') }}

),

renamed as (

    select
        customer_no,
        meter_point,
        full_name,
        phone,
        postal_code,
        street,
        built_year,
        floor_area,
        household_size,
        heating
    from source

)

select * from renamed
