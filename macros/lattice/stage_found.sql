{#- The nodes of the next wave: first each half of the columns with the others at their highest, then an even draw of what is
    open, as many as make a statement worth its while; the highest first where the bounds are known from the start. -#}
{% macro stage_batch(lattice, asked, search, wave) -%}
select node.*
from {{ search['open'] }} as node
{%- if wave == 1 %}
where node.id = node.first_half or node.id = node.second_half
{%- else %}
order by {{ 'node.height desc, ' if asked['by'] in ['loss', 'precision'] }}node.place
limit {{ [[3000000 // search['combinations'], 400] | min, 60] | max }}
{%- endif %}
{%- endmacro %}

{#- Each node of the wave, evaluated: its classes, what it suppresses, its score. -#}
{% macro stage_found(lattice, asked, search) -%}
{%- set words = range(lattice['words']) -%}
with {{ tokumei._judged_classes(lattice, asked, search, search['batch']) }},

{%- if not lattice['unique'] %}

shown as (
    select
        held.id,
        count(distinct held.subject) as subjects
    from (
{{ tokumei._stage_held(lattice, search, search['batch']) | indent(8, first=true) }}
    ) as held
    inner join class on held.id = class.id{% for word in words %} and held.word_{{ word }} = class.word_{{ word }}{% endfor %}
    where class.kept
    group by held.id
),
{%- endif %}

measured as (
    select
        class.id,
        count(*) as met,
        sum(case when class.kept then 1 else 0 end) as kept,
        cast(sum(case when class.subjects < {{ asked['k'] }} then class.records else 0 end) as bigint) as hidden,
        cast(sum(case when class.kept then 0 else class.records end) as bigint) as lost,
        min(case when class.kept then class.subjects end) as smallest,
        sum(cast(class.records as double precision) * class.records) as pairs,
        sum(case when class.kept then cast(class.records as double precision) * class.records else 0 end) as kept_pairs
    from class
    group by class.id
),

judged as (
    select
        node.id,
        {%- for word in words %}
        node.mask_{{ word }},
        {%- endfor %}
        node.parts,
        measured.met,
        measured.kept,
        measured.smallest,
        measured.pairs,
        measured.kept_pairs,
        measured.hidden,
        measured.lost as lost_records,
        {{ 'measured.lost' if lattice['unique'] else search['subjects'] ~ ' - coalesce(shown.subjects, 0)' }} as lost_subjects
    from {{ search['batch'] }} as node
    inner join measured on node.id = measured.id
    {%- if not lattice['unique'] %}
    left join shown on node.id = shown.id
    {%- endif %}
),

possible as (
    select
        judged.*,
        {{ 'judged.hidden <= ' ~ search['most_records'] if asked.get('models') else 'judged.lost_records <= ' ~ search['most_records'] ~ ' and judged.lost_subjects <= ' ~ search['most_subjects'] }} as possible,
        judged.lost_records <= {{ search['most_records'] }} and judged.lost_subjects <= {{ search['most_subjects'] }} as feasible
    from judged
)

select
    possible.*,
    {{ tokumei._bound_found(asked, search) }} as bound,
    {{ tokumei._score(lattice, asked, search) }} as score
from possible
{%- endmacro %}

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

{#- The measures; sizes and suppression are counted in records. -#}
{% macro _score(lattice, asked, search) -%}
    {%- set records = tokumei._double(search['records']) -%}
    {%- set weights = tokumei._double(lattice['ladders'] | map(attribute='power') | sum) -%}
    {{- return({
        'discernibility': 'possible.kept_pairs + ' ~ records ~ ' * possible.lost_records',
        'average_class_size': records ~ ' / (possible.kept + case when possible.lost_records > 0 then 1 else 0 end)',
        'loss': tokumei._double(0),
        'precision': '(possible.parts * (' ~ records ~ ' - possible.lost_records) + ' ~ weights ~ ' * possible.lost_records) / ' ~ records,
    }[asked['by']]) -}}
{%- endmacro %}

{#- What every coarser node scores at least. -#}
{% macro _bound_found(asked, search) -%}
    {{- return({
        'discernibility': 'possible.pairs',
        'average_class_size': tokumei._double(search['records']) ~ ' / possible.met',
    }.get(asked['by'], tokumei._double(0))) -}}
{%- endmacro %}
