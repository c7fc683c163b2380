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
        sum(case when class.subjects >= {{ asked['k'] }} then 1 else 0 end) as large,
        sum(case when class.kept then 1 else 0 end) as kept,
        cast(sum(case when class.subjects < {{ asked['k'] }} then class.records else 0 end) as bigint) as hidden,
        cast(sum(case when class.kept then 0 else class.records end) as bigint) as lost,
        min(case when class.kept then class.subjects end) as smallest,
        sum(cast(class.records as {{ tokumei.sql_type('double precision') }}) * class.records) as pairs,
        sum(case when class.kept then cast(class.records as {{ tokumei.sql_type('double precision') }}) * class.records else 0 end) as kept_pairs
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
        measured.large,
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
