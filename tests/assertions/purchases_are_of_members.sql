{{ config(enabled=(project_name == 'tokumei')) }}

-- Who was left out of the members must not come back through a purchase.
with validation_errors as (
    select purchases.pseudonym
    from {{ ref('purchases_anonymized') }} as purchases
    left join {{ ref('customers_anonymized') }} as customers
    on purchases.pseudonym = customers.pseudonym
    where customers.pseudonym is null
)

select count(*) as purchases_without_member
from validation_errors
having count(*) > 0
