{#- Of each class: how many values (distinct_l), their entropy in nats, the share of the most frequent (alpha), its subjects
    (largest) and those of the l-th and all rarer values (others). Null and replacements are no values: a class of nothing
    else has none, and no entropy. -#}
{% macro class_diversity(counts, replacements, l=2) -%}
with said as (
    select
        counted.class_no,
        counted.subjects,
        case when {{ tokumei._counts_towards_l('counted.value', replacements) }} then 1 else 0 end as counts
    from {{ counts }} as counted
),

shares as (
    select
        said.class_no,
        said.counts,
        said.subjects,
        said.subjects / sum(said.subjects) over (partition by said.class_no, said.counts) as share,
        row_number() over (partition by said.class_no, said.counts order by said.subjects desc) as place
    from said
)

select
    shares.class_no,
    sum(shares.counts) as distinct_l,
    -sum(case when shares.counts = 1 then shares.share * ln(shares.share) end) as entropy,
    max(case when shares.counts = 1 then shares.share end) as alpha,
    max(case when shares.counts = 1 then shares.subjects end) as largest,
    sum(case when shares.counts = 1 and shares.place >= {{ l }} then shares.subjects else 0 end) as others
from shares
group by shares.class_no
{%- endmacro %}
