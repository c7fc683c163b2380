with products as (

    select * from {{ ref('raw_products') }}

),

hierarchy as (

    select
        product_code as value,
        category_medium,
        category_large
    from products

)

select * from hierarchy
