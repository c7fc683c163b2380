with source as (

    select * from {{ ref('raw_cards') }}

),

renamed as (

    select
        card_id,
        full_name,
        phone,
        -- The operator holds the month alone; tokumei reads a whole date.
        birth_month || '-01' as birth_month,
        sex,
        pass_type,
        nullif(pass_from, '') as pass_from,
        nullif(pass_to, '') as pass_to
    from source

)

select * from renamed
