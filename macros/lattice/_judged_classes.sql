{#- Classes, and whether each is kept: of at least k subjects and, where l and t are asked for, satisfying them. -#}
{% macro _judged_classes(lattice, asked, search, nodes) -%}
{%- set words = range(lattice['words']) -%}
{%- set models = asked.get('models') or [] -%}
{%- set kept = ['counted.subjects >= ' ~ asked['k']] -%}
counted as (
{{ tokumei._stage_classes_of(lattice, search, nodes) | indent(4, first=true) }}
),
{%- for model in models %}
{%- do kept.append('coalesce(model_' ~ loop.index0 ~ '.holds, false)') %}

model_{{ loop.index0 }} as (
{{ tokumei.stage_class_model(lattice, search, nodes, model) | indent(4, first=true) }}
),
{%- endfor %}

class as (
    select
        counted.*,
        {{ kept | join(' and ') }} as kept
    from counted
    {%- for model in models %}
    {%- set name = 'model_' ~ loop.index0 %}
    left join {{ name }} on counted.id = {{ name }}.id{% for word in words %} and counted.word_{{ word }} = {{ name }}.word_{{ word }}{% endfor %}
    {%- endfor %}
)
{%- endmacro %}

{#- Clearing bits is generalizing: the classes of every node of the wave. -#}
{% macro _stage_classes_of(lattice, search, nodes) -%}
{%- set words = range(lattice['words']) -%}
{%- set keys = range(1, 2 + lattice['words']) | join(', ') -%}
{%- if lattice['unique'] -%}
select
    node.id,
    {%- for word in words %}
    source.word_{{ word }} & node.mask_{{ word }} as word_{{ word }},
    {%- endfor %}
    cast(sum(source.records) as bigint) as records,
    cast(sum(source.records) as bigint) as subjects
from {{ nodes }} as node
inner join {{ search['sources'] }} as source on node.anchor = source.anchor
group by {{ keys }}
{%- else -%}
select
    held.id,
    {%- for word in words %}
    held.word_{{ word }},
    {%- endfor %}
    cast(sum(held.records) as bigint) as records,
    count(*) as subjects
from (
{{ tokumei._stage_held(lattice, search, nodes) | indent(4, first=true) }}
) as held
group by {{ keys }}
{%- endif %}
{%- endmacro %}

{#- The same once a subject. -#}
{% macro _stage_held(lattice, search, nodes) -%}
{%- set words = range(lattice['words']) -%}
select
    node.id,
    {%- for word in words %}
    source.word_{{ word }} & node.mask_{{ word }} as word_{{ word }},
    {%- endfor %}
    source.subject,
    sum(source.records) as records
from {{ nodes }} as node
inner join {{ search['sources'] }} as source on node.anchor = source.anchor
group by {{ range(1, 3 + lattice['words']) | join(', ') }}
{%- endmacro %}
