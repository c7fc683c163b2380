{{ config(enabled=(project_name == 'tokumei')) }}

-- What each age band buys. Amounts are rounded and top-coded at 3,000 yen, so that the sum is a
-- lower estimate; lines and members are exact.
with purchases as (

    select * from {{ ref('purchases_anonymized') }}

),

customers as (

    select * from {{ ref('customers_anonymized') }}

),

sales as (

    select
        purchases.half_year,
        purchases.category_large,
        customers.age_band,
        count(distinct purchases.pseudonym) as members,
        count(*) as receipt_lines,
        sum(purchases.amount) as amount_at_least
    from purchases
    inner join customers on purchases.pseudonym = customers.pseudonym
    group by purchases.half_year, purchases.category_large, customers.age_band

),

final as (

    select
        half_year,
        category_large,
        age_band,
        members,
        receipt_lines,
        amount_at_least,
        round(100.0 * receipt_lines / sum(receipt_lines) over (
            partition by half_year, age_band
        ), 1) as percent_of_lines
    from sales
    where members >= 10

)

select * from final
order by half_year asc, age_band asc, receipt_lines desc
