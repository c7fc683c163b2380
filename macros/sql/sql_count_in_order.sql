{#- A query of how many distinct values a text column has (`different`) and how many rows lack one (`missing`), of a relation whose
    rows are meant to lie in its order: in that order values differ where the next is greater, and nothing need be sorted,
    hashed or kept. Where they lie otherwise they are counted as usual: the answer is the same. -#}
{% macro sql_count_in_order(relation, column) -%}
    {{- return(adapter.dispatch('sql_count_in_order', 'tokumei')(relation, column)) -}}
{%- endmacro %}

{% macro default__sql_count_in_order(relation, column) -%}
with lying as (
    select
        {{ tokumei.sql_text_order('one.' ~ column) }} as value,
        lag({{ tokumei.sql_text_order('one.' ~ column) }}) over () as earlier
    from {{ relation }} as one
),

met as {{ tokumei.sql_materialized() }}(
    select
        count(*) - count(lying.value) as missing,
        sum(case when lying.value = lying.earlier then 0 else 1 end) as changed,
        sum(case when lying.value < lying.earlier then 1 else 0 end) as turned
    from lying
)

select
    case
        when met.turned = 0 and met.missing = 0 then met.changed
        else (
            select count(distinct {{ tokumei.sql_text_order('one.' ~ column) }})
            from {{ relation }} as one
            where exists (select 1 from met where met.turned > 0 or met.missing > 0)
        )
    end as different,
    met.missing
from met
{%- endmacro %}

{#- Without an order of its own a window is one task's: Spark's workers count instead. -#}
{% macro spark__sql_count_in_order(relation, column) -%}
select
    count(distinct {{ tokumei.sql_text_order('one.' ~ column) }}) as different,
    count(*) - count(one.{{ column }}) as missing
from {{ relation }} as one
{%- endmacro %}
