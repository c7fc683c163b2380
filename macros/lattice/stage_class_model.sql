{#- Of every class of the nodes, whether it satisfies one l or t: by the subjects behind each value, null counting towards no
    l. Entropy and distances are judged to 1e-9. Machanavajjhala et al. 2007; Li et al. 2007. -#}
{% macro stage_class_model(lattice, search, nodes, model) -%}
{%- set kind = model['kind'] -%}
{%- set keys = 'told.id, ' ~ tokumei._rung_list('told.word_', range(lattice['words'])) -%}
{%- set values = lattice['told'][model['told']]['values'] -%}
with told as (
{{ tokumei._stage_told(lattice, search, nodes, model['told']) | indent(4, first=true) }}
)

{%- if kind == 'distinct' %}

select
    {{ keys }},
    count(*) >= {{ model['l'] }} as holds
from told
where not told.is_null
group by {{ keys }}
{%- elif kind == 'entropy' %}

select
    {{ keys }},
    ln(sum(told.subjects)) - sum(told.subjects * ln(told.subjects)) / sum(told.subjects) >= ln({{ tokumei._double(model['l']) }}) - 1e-9 as holds
from told
where not told.is_null
group by {{ keys }}
{%- elif kind == 'recursive' %}

select
    {{ keys }},
    max(told.subjects) < {{ tokumei._double(model['c']) }} * sum(case when told.place >= {{ model['l'] }} then told.subjects else 0 end) as holds
from (
    select
        told.*,
        row_number() over (partition by {{ keys }} order by told.subjects desc) as place
    from told
    where not told.is_null
) as told
group by {{ keys }}
{%- elif kind == 'equal' %}

select
    {{ keys }},
    (sum(abs(told.part - told.share)) + 1 - sum(told.share)) / 2 <= {{ tokumei._double(model['t'] + 1e-9) }} as holds
from (
    select
        told.*,
        told.subjects / sum(told.subjects) over (partition by {{ keys }}) as part
    from told
) as told
group by {{ keys }}
{%- else %}

select
    {{ keys }},
    sum(abs(told.below / told.subjects - told.share_below)) / greatest(max(told.steps), 1) <= {{ tokumei._double(model['t'] + 1e-9) }} as holds
from (
    select
        {{ keys }},
        step.share_below,
        step.steps,
        sum(told.subjects) as subjects,
        sum(case when told.number <= step.number then told.subjects else 0 end) as below
    from told
    cross join (
        select
            value.number,
            sum(value.share) over (order by value.number) as share_below,
            count(*) over () - 1 as steps
        from {{ values }} as value
    ) as step
    where step.number <= greatest(step.steps, 1)
    group by {{ keys }}, step.number, step.share_below, step.steps
) as told
group by {{ keys }}
{%- endif %}
{%- endmacro %}

{#- The subjects behind each value of each class. -#}
{% macro _stage_told(lattice, search, nodes, number) -%}
{%- set words = range(lattice['words']) -%}
select
    shown.id,
    {{ tokumei._rung_list('shown.word_', words) }},
    value.number,
    value.is_null,
    value.share,
    cast(shown.subjects as {{ tokumei.sql_type('double precision') }}) as subjects
from (
    select
        node.id,
        {%- for word in words %}
        source.word_{{ word }} & node.mask_{{ word }} as word_{{ word }},
        {%- endfor %}
        source.told_{{ number }} as number,
        {{ 'sum(source.records)' if lattice['unique'] else 'count(distinct source.subject)' }} as subjects
    from {{ nodes }} as node
    inner join {{ search['sources'] }} as source on node.anchor = source.anchor
    group by {{ range(1, 3 + lattice['words']) | join(', ') }}
) as shown
inner join {{ lattice['told'][number]['values'] }} as value on shown.number = value.number
{%- endmacro %}
