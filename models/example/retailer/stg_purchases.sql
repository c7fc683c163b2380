with source as (

    select * from {{ ref('raw_purchases') }}

),

renamed as (

    select
        purchase_id,
        receipt_no,
        customer_id,
        store_id,
        purchased_at,
        product_code,
        quantity,
        unit_price,
        amount,
        payment_method
    from source

)

select * from renamed
