{#- One round on what is left: of the generalizations whose turn it is, each combination takes the first that gives it a class
    of at least k subjects; a class is put away if as many took it. Where fewer than k subjects of a cell would be left over,
    the last class of the cell is not. -#}
{% macro stage_stepwise_round(words, at_left, at_nodes, first, last, k, unique) -%}
{%- set groups = [] -%}
{%- set gs = tokumei._numbered('g_', words) -%}
{%- for word in words -%}
    {%- do groups.append('waiting.word_' ~ loop.index ~ ' & nodes.mask_' ~ loop.index ~ ' as g_' ~ loop.index) -%}
{%- endfor -%}
{%- set same = [] -%}
{%- for g in ['turn', 'cell'] + gs -%}{%- do same.append('reached.' ~ g ~ ' = classes.' ~ g) -%}{%- endfor -%}
{%- set carried = ['place', 'cell', 'weight'] + ([] if unique else ['subject']) -%}
with reached as (
    select
        {{ tokumei._lines(tokumei._prefixed('waiting', carried) + ['nodes.turn'] + groups, 8) }}
    from {{ tokumei._as(at_left, 'waiting') }}
    cross join {{ tokumei._as(at_nodes, 'nodes') }}
    where nodes.turn between {{ first }} and {{ last }}
),

classes as (
    select
        {{ tokumei._lines(tokumei._prefixed('reached', ['turn', 'cell'] + gs), 8) }}
    from reached
    group by {{ tokumei._prefixed('reached', ['turn', 'cell'] + gs) | join(', ') }}
    having {{ tokumei._weight('reached', unique) }} >= {{ k }}
),

found as (
    select
        reached.*,
        min(reached.turn) over (partition by reached.place) as first_turn
    from reached
    inner join classes on {{ same | join(' and ') }}
),

chosen as {{ tokumei.sql_once() }}(
    select found.*
    from found
    where found.turn = found.first_turn
),

full_classes as (
    select
        {{ tokumei._lines(tokumei._prefixed('chosen', ['turn', 'cell'] + gs), 8) }},
        row_number() over (partition by chosen.cell order by {{ tokumei._prefixed('chosen', ['turn'] + gs) | join(' desc, ') }} desc) as from_last
    from chosen
    group by {{ tokumei._prefixed('chosen', ['turn', 'cell'] + gs) | join(', ') }}
    having {{ tokumei._weight('chosen', unique) }} >= {{ k }}
),

taking as {{ tokumei.sql_once() }}(
    select distinct
        chosen.place,
        chosen.cell,
        chosen.turn,
        full_classes.from_last
    from chosen
    inner join full_classes on {{ same | join(' and ') | replace('reached.', 'chosen.') | replace('classes.', 'full_classes.') }}
),

left_over as (
    select
        waiting.cell,
        {{ tokumei._weight('waiting', unique) }} as subjects
    from {{ tokumei._as(at_left, 'waiting') }}
    where not exists (select 1 from taking where taking.place = waiting.place)
    group by waiting.cell
)

select
    taking.place,
    taking.turn
from taking
left join left_over on taking.cell = left_over.cell
where taking.from_last > 1 or left_over.subjects is null or left_over.subjects >= {{ k }}
{%- endmacro %}

{#- The subjects behind rows that bear a weight. -#}
{% macro _weight(alias, unique) -%}
    {{- return('sum(' ~ alias ~ '.weight)' if unique else 'count(distinct ' ~ alias ~ '.subject)') -}}
{%- endmacro %}

{#- Before the first round: the codes of several columns side by side in one whole number. -#}
{% macro stage_stepwise_start(words, at_coded, unique) -%}
{%- set keys = ['coded.place', 'coded.cell'] + ([] if unique else ['coded.subject']) -%}
{%- set columns = [] -%}
{%- for word in words -%}
    {%- set terms = [] -%}
    {%- for part in word -%}{%- do terms.append('min(coded.x_' ~ part['number'] ~ ')' ~ (' * ' ~ part['offset'] if part['offset'] > 1 else '')) -%}{%- endfor -%}
    {%- do columns.append(terms | join(' + ') ~ ' as word_' ~ loop.index) -%}
{%- endfor -%}
select
    {{ tokumei._lines(keys + columns + ['cast(sum(coded.weight) as bigint) as weight']) }}
from {{ tokumei._as(at_coded, 'coded') }}
group by {{ keys | join(', ') }}
{%- endmacro %}

{#- What is left after a round. -#}
{% macro stage_stepwise_left(at_left, at_taken) -%}
select waiting.*
from {{ tokumei._as(at_left, 'waiting') }}
where not exists (select 1 from {{ tokumei._as(at_taken, 'taken') }} where taken.place = waiting.place)
{%- endmacro %}
