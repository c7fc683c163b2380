{#- Of each class, against everyone: the equal distance (half the summed differences of shares), the greatest gain of a value
    relative to its share (beta) and the greatest logarithm of a quotient of shares (delta). Null is a value. -#}
{% macro class_distance(counts, everyone) -%}
with shares as (
    select
        counted.class_no,
        counted.subjects / sum(counted.subjects) over (partition by counted.class_no) as in_class,
        every_value.share as in_all
    from {{ counts }} as counted
    inner join (
        select everyone.value, everyone.subjects / sum(everyone.subjects) over () as share
        from {{ everyone }} as everyone
    ) as every_value on {{ tokumei.sql_same('counted.value', 'every_value.value') }}
)

select
    shares.class_no,
    (sum(abs(shares.in_class - shares.in_all)) + 1 - sum(shares.in_all)) / 2 as distance,
    max((shares.in_class - shares.in_all) / shares.in_all) as beta,
    max(abs(ln(shares.in_class / shares.in_all))) as delta
from shares
group by shares.class_no
{%- endmacro %}
