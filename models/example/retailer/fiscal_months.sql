with purchases as (

    select * from {{ ref('stg_purchases') }}

),

months as (

    select distinct cast(date_trunc('month', purchased_at) as date) as first_day
    from purchases

),

numbered as (

    select
        first_day,
        cast(extract(year from first_day) as integer) as year_number,
        cast(extract(month from first_day) as integer) as month_number
    from months

),

fiscal as (

    select
        first_day,
        case when month_number < 4 then year_number - 1 else year_number end as fiscal_year,
        case when month_number between 4 and 9 then '上期' else '下期' end as half_name,
        case
            when month_number between 4 and 6 then '第1四半期'
            when month_number between 7 and 9 then '第2四半期'
            when month_number between 10 and 12 then '第3四半期'
            else '第4四半期'
        end as quarter_name
    from numbered

),

hierarchy as (

    select
        first_day as value,
        cast(fiscal_year as varchar(4)) || '年度' || quarter_name as fiscal_quarter,
        cast(fiscal_year as varchar(4)) || '年度' || half_name as fiscal_half,
        cast(fiscal_year as varchar(4)) || '年度' as fiscal_year
    from fiscal

)

select * from hierarchy
