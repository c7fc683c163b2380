{#- The frequency set rolled up to a few nodes, so that a coarser node is evaluated on fewer rows: of the three columns
    whose values are spread most evenly over the most records, the three lowest rungs each. A node takes the coarsest of them
    that is no coarser than itself. Rows in order make the classes of one node neighbours in memory: a third less work.
    Counts are whole doubles: sums of big integers are decimals on PostgreSQL, and take it a third longer. -#}
{% macro stage_sources(lattice, search) -%}
{%- set words = range(lattice['words']) -%}
select
    source.anchor,
    {%- if not lattice['unique'] %}
    freq.subject,
    {%- endif %}
    {%- for word in words %}
    freq.word_{{ word }} & source.mask_{{ word }} as word_{{ word }},
    {%- endfor %}
    {%- for number in range(search['told']) %}
    freq.told_{{ number }},
    {%- endfor %}
    cast(sum(freq.records) as {{ tokumei.sql_type('double precision') }}) as records
from {{ search['frequencies'] }} as freq
cross join (
{{ tokumei._anchor_rows(lattice) | indent(4, first=true) }}
) as source
group by {{ tokumei._source_keys(lattice, search) }}
order by {{ tokumei._source_keys(lattice, search) }}
{%- endmacro %}

{% macro _source_keys(lattice, search) -%}
    {{- return(range(1, 2 + lattice['words'] + search['told'] + (0 if lattice['unique'] else 1)) | join(', ')) -}}
{%- endmacro %}

{% macro _choose_anchors(lattice) -%}
    {%- set state = namespace(radix=1) -%}
    {%- for ladder in lattice['ladders'] -%}
        {%- do ladder.update({'anchors': ladder['allowed'][:1], 'agreeing': ladder['rungs'][ladder['allowed'][0]]['pairs']}) -%}
    {%- endfor -%}
    {%- for ladder in (lattice['ladders'] | sort(attribute='agreeing'))[:3] -%}
        {%- do ladder.update({'anchors': ladder['allowed'][:3]}) -%}
    {%- endfor -%}
    {%- for ladder in lattice['ladders'] -%}
        {%- do ladder.update({'anchor_radix': state.radix}) -%}
        {%- set state.radix = state.radix * (ladder['anchors'] | length) -%}
    {%- endfor -%}
{%- endmacro %}

{#- What a rung adds to the number of its anchor. -#}
{% macro _anchor_part(ladder, rung) -%}
    {%- set part = namespace(number=0) -%}
    {%- for anchor in ladder['anchors'] if anchor <= rung -%}
        {%- set part.number = loop.index0 * ladder['anchor_radix'] -%}
    {%- endfor -%}
    {{- return(part.number) -}}
{%- endmacro %}

{% macro _anchor_rows(lattice) -%}
    {%- set anchors = namespace(rows=[{'anchor': 0, 'masks': [0] * lattice['words']}]) -%}
    {%- for ladder in lattice['ladders'] -%}
        {%- set rows = [] -%}
        {%- for row in anchors.rows -%}
            {%- for number in ladder['anchors'] -%}
                {%- set masks = [] -%}
                {%- for mask in ladder['rungs'][number]['masks'] -%}{%- do masks.append(mask + row['masks'][loop.index0]) -%}{%- endfor -%}
                {%- do rows.append({'anchor': row['anchor'] + tokumei._anchor_part(ladder, number), 'masks': masks}) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- set anchors.rows = rows -%}
    {%- endfor -%}
    {%- set queries = [] -%}
    {%- for row in anchors.rows -%}
        {%- set masks = [] -%}
        {%- for mask in row['masks'] -%}{%- do masks.append('cast(' ~ mask ~ ' as bigint) as mask_' ~ loop.index0) -%}{%- endfor -%}
        {%- do queries.append('select ' ~ row['anchor'] ~ ' as anchor, ' ~ masks | join(', ')) -%}
    {%- endfor -%}
    {{- return(queries | join('\nunion all\n')) -}}
{%- endmacro %}
