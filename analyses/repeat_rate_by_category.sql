{{ config(enabled=(project_name == 'tokumei')) }}

-- Of the members who bought a category in the first half-year: how many came back for it in the
-- second, by area. The pseudonym joins the halves; it says nothing about who the member is.
with purchases as (

    select * from {{ ref('purchases_anonymized') }}

),

customers as (

    select * from {{ ref('customers_anonymized') }}

),

bought as (

    select
        pseudonym,
        category_large,
        max(case when half_year = '2025年度上期' then 1 else 0 end) as in_first_half,
        max(case when half_year = '2025年度下期' then 1 else 0 end) as in_second_half
    from purchases
    group by pseudonym, category_large

),

returning_members as (

    select
        bought.category_large,
        customers.area,
        count(*) as members,
        sum(bought.in_second_half) as members_returning
    from bought
    inner join customers on bought.pseudonym = customers.pseudonym
    where bought.in_first_half = 1
    group by bought.category_large, customers.area

),

final as (

    select
        category_large,
        area,
        members,
        members_returning,
        round(100.0 * members_returning / members, 1) as repeat_percent
    from returning_members
    where members >= 10

)

select * from final
order by category_large, area
