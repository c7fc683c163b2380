{#- The privacy models of one sensitive column, as the rows (measure, value): k, classes, alpha, distinct, entropy and recursive
    l, beta and enhanced beta, delta, t by equal and by ordered distance; what could not be measured is null. `keys` and
    `value` are SQL expressions over `relation`, which names its own alias; `subject` one as well, or none where each record
    is one. `type` is the family of the value's type: of numbers and dates the ordered distance is measured. -#}
{% macro measure_models(relation, keys, value, subject=none, type=none, replacements=[]) -%}
{%- set persons = 'count(distinct ' ~ subject ~ ')' if subject else 'count(*)' -%}
{%- set ordered = type in ['integer', 'number', 'date', 'timestamp'] -%}
with counts as {{ tokumei.sql_once() }}(
{{ tokumei.class_counts(relation, keys, value, persons) | indent(4, first=true) }}
),

every_value as {{ tokumei.sql_once() }}(
{{ tokumei.everyone_counts(relation, value, persons) | indent(4, first=true) }}
),

class_sizes as (
    select {{ persons }} as subjects
    from {{ relation }}
    {%- if keys %}
    group by {{ keys | join(', ') }}
    {%- else %}
    having count(*) > 0
    {%- endif %}
),

diversity as {{ tokumei.sql_once() }}(
{{ tokumei.class_diversity('counts', replacements) | indent(4, first=true) }}
),

recursive_c as (
{{ tokumei._recursive_c('counts', 'diversity', replacements) | indent(4, first=true) }}
),

distances as {{ tokumei.sql_once() }}(
{{ tokumei.class_distance('counts', 'every_value') | indent(4, first=true) }}
),
{%- if ordered %}

ordered_distances as (
{{ tokumei.class_ordered_distance('counts', 'every_value', type, replacements) | indent(4, first=true) }}
),
{%- endif %}

rarest as (
    select min(every_value.subjects) / sum(every_value.subjects) as share
    from every_value
)

{% set measures = [
    ['classes', 'count(*)', 'class_sizes'],
    ['k', 'min(class_sizes.subjects)', 'class_sizes'],
    ['alpha', 'max(diversity.alpha)', 'diversity'],
    ['distinct_l', 'min(diversity.distinct_l)', 'diversity'],
    ['entropy_l', 'min(coalesce(exp(diversity.entropy), 0))', 'diversity'],
    ['recursive_c', 'recursive_c.of_most_frequent', 'recursive_c'],
    ['recursive_c_of_rarest', 'recursive_c.of_rarest', 'recursive_c'],
    ['beta', 'max(distances.beta)', 'distances'],
    ['enhanced_beta', 'least(max(distances.beta), -ln(max(rarest.share)))', 'distances cross join rarest'],
    ['delta', 'max(distances.delta)', 'distances'],
    ['t', 'max(distances.distance)', 'distances'],
    ['t_ordered', 'max(ordered_distances.distance)' if ordered else 'null', 'ordered_distances' if ordered else 'rarest'],
] -%}
{%- for measure in measures %}
select {{ loop.index }} as place, cast('{{ measure[0] }}' as {{ tokumei.sql_type('text') }}) as measure, cast({{ measure[1] }} as {{ tokumei.sql_type('double precision') }}) as value
from {{ measure[2] }}
{{ 'union all' if not loop.last else 'order by place' }}
{%- endfor %}
{%- endmacro %}

{#- The least whole c for which recursive (c, l)-diversity holds of every class, l being the distinct l of the whole; null where
    that is below 2. By the paper it is the most frequent value that must not outweigh the l-th to the last; pycanon takes the
    counts from the rarest on. -#}
{% macro _recursive_c(counts, diversity, replacements) -%}
{%- set counted = tokumei._counts_towards_l('counted.value', replacements) -%}
select
    floor(max(quotients.of_most_frequent)) + 1 as of_most_frequent,
    floor(max(quotients.of_rarest)) + 1 as of_rarest
from (
    select
        max(ranked.subjects) / sum(case when ranked.from_most >= least_diverse.l then ranked.subjects end) as of_most_frequent,
        min(ranked.subjects) / sum(case when ranked.from_rarest >= least_diverse.l then ranked.subjects end) as of_rarest
    from (
        select
            counted.class_no,
            counted.subjects,
            row_number() over (partition by counted.class_no order by counted.subjects desc) as from_most,
            row_number() over (partition by counted.class_no order by counted.subjects) as from_rarest
        from {{ counts }} as counted
        where {{ counted }}
    ) as ranked
    cross join (select min({{ diversity }}.distinct_l) as l from {{ diversity }}) as least_diverse
    where least_diverse.l > 1
    group by ranked.class_no
) as quotients
{%- endmacro %}
