with source as (

    select * from {{ ref('raw_customers') }}

),

renamed as (

    select
        customer_id,
        member_no,
        full_name,
        kana,
        nullif(phone, '') as phone,
        nullif(email, '') as email,
        postal_code,
        prefecture,
        city_code,
        street,
        birth_date,
        nullif(sex, '') as sex,
        nullif(occupation, '') as occupation,
        nullif(my_number, '') as my_number,
        joined_on,
        nullif(memo, '') as memo
    from source

)

select * from renamed
