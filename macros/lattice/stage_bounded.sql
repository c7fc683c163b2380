{#- A bound of discernibility for every node at once: the pairs of records that agree, among the most frequent combinations
    alone. They hold a large part of all pairs, and no other record takes one away. -#}
{% macro stage_bounded(lattice, search, nodes) -%}
{%- set words = range(lattice['words']) -%}
with frequent as (
    select
        {{ tokumei._rung_list('freq.word_', words) }},
        sum(freq.records) as records
    from {{ search['frequencies'] }} as freq
    group by {{ tokumei._rung_list('freq.word_', words) }}
    order by sum(freq.records) desc
    limit {{ [[2000000 // search['nodes'], 1000] | min, 20] | max }}
),

shown as (
    select
        node.id,
        {%- for word in words %}
        frequent.word_{{ word }} & node.mask_{{ word }} as word_{{ word }},
        {%- endfor %}
        sum(frequent.records) as records
    from {{ nodes }} as node
    cross join frequent
    group by {{ range(1, 2 + lattice['words']) | join(', ') }}
),

paired as (
    select
        shown.id,
        sum(cast(shown.records as {{ tokumei.sql_type('double precision') }}) * shown.records) as pairs
    from shown
    group by shown.id
)

select
    {{ tokumei._node_columns(lattice, 'node') }},
    greatest(node.bound, paired.pairs) as bound,
    node.hidden
from {{ nodes }} as node
inner join paired on node.id = paired.id
{%- endmacro %}
