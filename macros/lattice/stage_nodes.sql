{#- All nodes between the lowest and the highest rungs: their masks, the part of their score that the marginals alone give,
    and the smallest stored frequency set that each can be rolled up from. -#}
{% macro stage_nodes(lattice, asked, search) -%}
{%- set words = range(lattice['words']) -%}
{%- set halves = tokumei._halves(lattice) -%}
select
    node.*,
    {{ tokumei._first_bound(asked, search) }} as bound,
    cast(0 as bigint) as hidden,
    md5({{ tokumei.sql_text('node.id') }}) as place
from (
    select
        {{ tokumei._sum_of(lattice, 'id') }} as id,
        {%- for word in words %}
        {{ tokumei._sum_of(lattice, 'mask_' ~ word) }} as mask_{{ word }},
        {%- endfor %}
        {{ tokumei._sum_of(lattice, 'part') }} as parts,
        {{ tokumei._sum_of(lattice, 'height') }} as height,
        {{ tokumei._sum_of(lattice, 'anchor') }} as anchor,
        {{ tokumei._sum_of(lattice, 'id', halves[0]) }} + {{ tokumei._tops(lattice, halves[1]) }} as first_half,
        {{ tokumei._sum_of(lattice, 'id', halves[1]) }} + {{ tokumei._tops(lattice, halves[0]) }} as second_half
    from {% for ladder in lattice['ladders'] -%}
    {{ 'cross join ' if not loop.first }}(
{{ tokumei._allowed_rows(asked, ladder) | indent(8, first=true) }}
    ) as ladder_{{ loop.index0 }}
    {% endfor -%}
) as node
{%- endmacro %}

{% macro _sum_of(lattice, column, ladders=none) -%}
    {%- set terms = [] -%}
    {%- for number in (range(lattice['ladders'] | length) if ladders is none else ladders) -%}
        {%- do terms.append('ladder_' ~ number ~ '.' ~ column) -%}
    {%- endfor -%}
    {{- return(terms | join(' + ') or '0') -}}
{%- endmacro %}

{% macro _tops(lattice, ladders) -%}
    {%- set ids = [0] -%}
    {%- for number in ladders -%}
        {%- do ids.append(lattice['ladders'][number]['allowed'][-1] * lattice['ladders'][number]['radix']) -%}
    {%- endfor -%}
    {{- return(ids | sum) -}}
{%- endmacro %}

{#- `part` adds up to the score that the marginals give: of loss its logarithm. -#}
{% macro _allowed_rows(asked, ladder) -%}
    {%- set rows = [] -%}
    {%- set height = [ladder['rungs'] | length - 1, 1] | max -%}
    {%- for number in ladder['allowed'] -%}
        {%- set rung = ladder['rungs'][number] -%}
        {%- set part = ladder['power'] * number / height if asked['by'] == 'precision' else 'ln(' ~ tokumei._double(1 + rung['loss']) ~ ') * ' ~ tokumei._double(ladder['power']) -%}
        {%- set masks = [] -%}
        {%- for mask in rung['masks'] -%}{%- do masks.append('cast(' ~ mask ~ ' as bigint) as mask_' ~ loop.index0) -%}{%- endfor -%}
        {%- do rows.append(
            'select cast(' ~ number * ladder['radix'] ~ ' as bigint) as id, ' ~ masks | join(', ') ~ ', '
            ~ (part if part is string else tokumei._double(part)) ~ ' as part, '
            ~ number ~ ' as height, ' ~ tokumei._anchor_part(ladder, number) ~ ' as anchor'
        ) -%}
    {%- endfor -%}
    {{- return(rows | join('\nunion all\n')) -}}
{%- endmacro %}

{#- The ladders in two halves of about as many nodes: a first wave over each half alone bounds the combinations of both. -#}
{% macro _halves(lattice) -%}
    {%- set halves = [[], []] -%}
    {%- set size = namespace(first=1, second=1) -%}
    {%- for ladder in lattice['ladders'] -%}
        {%- if size.first <= size.second -%}
            {%- do halves[0].append(loop.index0) -%}
            {%- set size.first = size.first * (ladder['allowed'] | length) -%}
        {%- else -%}
            {%- do halves[1].append(loop.index0) -%}
            {%- set size.second = size.second * (ladder['allowed'] | length) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(halves) -}}
{%- endmacro %}

{#- What a node scores at least, before anything is evaluated: a class of one record each at best, and no more than n / k
    classes beside what is suppressed. -#}
{% macro _first_bound(asked, search) -%}
    {%- set records = tokumei._double(search['records']) -%}
    {{- return({
        'discernibility': records,
        'average_class_size': tokumei._double(asked['k']),
        'loss': 'exp(node.parts) - 1',
        'precision': 'node.parts',
    }[asked['by']]) -}}
{%- endmacro %}
