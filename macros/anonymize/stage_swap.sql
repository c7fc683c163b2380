{#- Who gives whom a value. Records are ranked by it, ties in a keyed order, and cut into blocks of consecutive ranks no
    wider than the window (without `within`, each group is one block). In a block, equal values stand together, in a keyed
    order; everybody takes the value that stands as far on as the commonest value has holders: so nobody takes an equal
    one unless more than half of the block hold it. -#}
{% macro stage_swap(policy, at, column) -%}
{%- set arguments = tokumei._step_arguments(column, 'swap') -%}
{%- set type = tokumei.treatment_plan(policy, [column['name']])['values'][column['name']].type -%}
{%- do tokumei._require_ranks(policy, column, arguments, type) -%}
{%- set value = 'treated.' ~ tokumei.sql_identifier(column['name']) -%}
{%- set group = ['by_1'] if arguments.get('by') else [] -%}
{%- set order = (tokumei.sql_text_order('drawn.value') if type in ['text', none] else 'drawn.value') ~ ' nulls last' -%}
{%- set draw = tokumei.keyed_hash(policy, 'swap', [column['from']], [
    tokumei._canonical_text(tokumei._value('treated.tokumei_subject', policy['source']['types'].get(policy['subject']))),
    tokumei.sql_text('treated.tokumei_record'),
]) -%}
with drawn as (
    select
        treated.tokumei_subject,
        treated.tokumei_record,
        {%- if group %}
        treated.{{ tokumei.sql_identifier(arguments['by']) }} as by_1,
        {%- endif %}
        {{ value }} as value,
        {{ draw }} as draw
    from {{ tokumei._as(at['treated'], 'treated') }}
),

ranked as (
    select
        drawn.*,
        row_number() over ({{ 'partition by drawn.by_1 ' if group }}order by {{ order }}, {{ tokumei.sql_text_order('drawn.draw') }}) as place,
        count(*) over ({{ 'partition by drawn.by_1' if group }}) as size
    from drawn
),

blocked as (
    select
        ranked.*,
        {{ tokumei._swap_block(arguments) }} as block
    from ranked
),

alike as (
    select
        blocked.*,
        count(*) over same_value as alike,
        min({{ tokumei.sql_text_order('substr(blocked.draw, 33, 32)') }}) over same_value as value_draw
    from blocked
    window same_value as (partition by {{ (group + ['block', 'value']) | join(', ') }})
),

arranged as (
    select
        alike.*,
        row_number() over (
            partition by {{ (group + ['block']) | join(', ') }}
            order by alike.value_draw, {{ tokumei.sql_text_order('alike.value') }} nulls last, {{ tokumei.sql_text_order('substr(alike.draw, 33, 32)') }}
        ) - 1 as position,
        max(alike.alike) over (partition by {{ (group + ['block']) | join(', ') }}) as commonest,
        count(*) over (partition by {{ (group + ['block']) | join(', ') }}) as held
    from alike
)

select
    arranged.tokumei_subject,
    arranged.tokumei_record,
    {{ 'arranged.by_1,' if group }}
    arranged.block,
    arranged.position,
    (arranged.position + arranged.commonest) % arranged.held as takes,
    arranged.value,
    arranged.place,
    arranged.size
from arranged
{%- endmacro %}

{#- Blocks of equal size, give or take one, of at most a window and one. -#}
{% macro _swap_block(arguments) -%}
    {%- if arguments.get('within') is none -%}
        {{- return('0') -}}
    {%- endif -%}
    {%- set window = 'greatest(' ~ tokumei.sql_divide_whole('ranked.size * ' ~ (arguments['within'] * 1000000) | round | int, 100000000) ~ ', 1)' -%}
    {%- set blocks = tokumei.sql_divide_whole('ranked.size + ' ~ window, window ~ ' + 1') -%}
    {{- return(tokumei.sql_divide_whole('(ranked.place - 1) * ' ~ blocks, 'ranked.size')) -}}
{%- endmacro %}

{#- A rank of labels means nothing. -#}
{% macro _require_ranks(policy, column, arguments, type) -%}
    {%- if arguments.get('within') is not none and type == 'text' -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ '.' ~ column['name'] ~ ': swap: within reads a number or a date; got text; allowed: by alone; see docs/steps/swap.md') -%}
    {%- endif -%}
{%- endmacro %}

{#- The treated records with the values they take. -#}
{% macro stage_swapped(policy, at, shape) -%}
{%- set swapped = shape['swaps'] | map(attribute='name') | list -%}
{%- set columns = ['treated.tokumei_subject as tokumei_subject', 'treated.tokumei_record as tokumei_record'] -%}
{%- for column in policy['columns'] if column['name'] != policy['token'] -%}
    {%- set name = tokumei.sql_identifier(column['name']) -%}
    {%- do columns.append((tokumei.sql_identifier('giver_' ~ column['name']) ~ '.value' if column['name'] in swapped else 'treated.' ~ name) ~ ' as ' ~ name) -%}
{%- endfor -%}
select
    {{ tokumei._lines(columns) }}
from {{ tokumei._as(at['treated'], 'treated') }}
{%- for column in shape['swaps'] %}
{%- set taker = tokumei.sql_identifier('taker_' ~ column['name']) %}
{%- set giver = tokumei.sql_identifier('giver_' ~ column['name']) %}
{%- set by = tokumei._step_arguments(column, 'swap').get('by') %}
inner join {{ at['swaps'][column['name']] }} as {{ taker }}
    on treated.tokumei_subject = {{ taker }}.tokumei_subject and treated.tokumei_record = {{ taker }}.tokumei_record
inner join {{ at['swaps'][column['name']] }} as {{ giver }}
    on {{ taker }}.block = {{ giver }}.block and {{ taker }}.takes = {{ giver }}.position
    {{- ' and ' ~ tokumei.sql_same(taker ~ '.by_1', giver ~ '.by_1') if by }}
{%- endfor -%}
{%- endmacro %}
