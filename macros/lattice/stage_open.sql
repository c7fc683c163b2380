{#- The nodes that may still be the best: not evaluated, not finer than one that suppresses too much, and with a lower bound
    below the threshold. What was evaluated raises the bounds: combinations merge upwards, so no coarser node has fewer
    equal pairs, nor more classes than were kept or can be made of what was suppressed; no finer node suppresses fewer
    records. -#}
{% macro stage_open(lattice, asked, search, before, threshold) -%}
{%- if search['waves'] == 1 -%}
select node.*
from {{ before }} as node
{%- else -%}
{%- set found = search['before_found'] -%}
{%- set bounded = asked['by'] in ['discernibility', 'average_class_size'] -%}
with bounded as (
    select
        node.*
    from {{ before }} as node
    {%- if threshold is not none %}
    where ({{ tokumei._least_score(lattice, asked, search) }}) * 0.999999999 < {{ tokumei._double(threshold) }}
    {%- endif %}
),

closing as (
    select found.*
    from {{ found }} as found
    where not found.possible
),

possible as (
    select bounded.*
    from bounded
    where not exists (
        select 1
        from closing
        where {{ tokumei._is_finer(lattice, 'bounded', 'closing') }}
    )
    and bounded.id not in (select found.id from {{ found }} as found)
)
{%- if not bounded %}

select possible.*
from possible
{%- else %},

raised as (
    select
        possible.id,
        max(case when {{ tokumei._is_finer(lattice, 'possible', 'found') }} then found.hidden else 0 end) as hidden,
        max(case when {{ tokumei._is_finer(lattice, 'found', 'possible') }} then found.bound else 0 end) as bound
    from possible
    cross join {{ found }} as found
    group by possible.id
)

select node.*
from (
select
    {{ tokumei._node_columns(lattice, 'possible') }},
    greatest(possible.bound, raised.bound) as bound,
    greatest(possible.hidden, raised.hidden) as hidden
from possible
inner join raised on possible.id = raised.id
) as node
{%- if threshold is not none %}
where ({{ tokumei._least_score(lattice, asked, search) }}) * 0.999999999 < {{ tokumei._double(threshold) }}
{%- endif %}
{%- endif %}
{%- endif %}
{%- endmacro %}

{#- Every bit that the coarser one keeps, the finer one keeps. -#}
{% macro _is_finer(lattice, finer, coarser) -%}
    {%- set conditions = [] -%}
    {%- for word in range(lattice['words']) -%}
        {%- do conditions.append('(' ~ finer ~ '.mask_' ~ word ~ ' & ' ~ coarser ~ '.mask_' ~ word ~ ') = ' ~ coarser ~ '.mask_' ~ word) -%}
    {%- endfor -%}
    {{- return(conditions | join(' and ')) -}}
{%- endmacro %}

{% macro _node_columns(lattice, alias) -%}
    {%- set columns = [] -%}
    {%- for name in ['id', 'parts', 'height', 'anchor', 'first_half', 'second_half', 'place'] -%}{%- do columns.append(alias ~ '.' ~ name) -%}{%- endfor -%}
    {%- for word in range(lattice['words']) -%}{%- do columns.append(alias ~ '.mask_' ~ word) -%}{%- endfor -%}
    {{- return(columns | join(', ')) -}}
{%- endmacro %}

{#- The lower bound with what is suppressed at least. A suppressed record costs discernibility the whole table instead of
    its own class of fewer than k; in precision it counts 1 instead of the node's levels. What is still suppressed in a coarser
    node makes no class: of every k records one less. The one class that the suppressed count for is left out: with it, a node
    with fewer classes is no better than as good. -#}
{% macro _least_score(lattice, asked, search) -%}
    {%- if asked['by'] == 'discernibility' and lattice['unique'] -%}
        {{- return('node.bound + node.hidden * ' ~ tokumei._double([search['records'] - asked['k'] + 1, 0] | max)) -}}
    {%- elif asked['by'] == 'average_class_size' -%}
        {%- set records = tokumei._double(search['records']) -%}
        {{- return(records ~ ' / greatest(' ~ records ~ ' / node.bound - node.hidden / ' ~ tokumei._double(asked['k']) ~ ', 1)') -}}
    {%- elif asked['by'] == 'precision' -%}
        {{- return('node.bound + node.hidden * (' ~ tokumei._double(lattice['ladders'] | map(attribute='power') | sum) ~ ' - node.bound) / ' ~ tokumei._double(search['records'])) -}}
    {%- endif -%}
    {{- return('node.bound') -}}
{%- endmacro %}
