{#- Who gives whom a value. Equal values share their ranks; values are cut into blocks of consecutive ranks no wider than
    the window (without `within`, each group is one block), and a block of which more than half is one value is joined
    with its neighbour where the window allows it. In a block, equal values stand together, in a keyed order; everybody
    takes the value that stands as far on as the commonest value has holders: so nobody takes an equal one unless more
    than half of the block hold it. -#}
{% macro stage_swap(policy, at, column) -%}
{%- set arguments = tokumei._step_arguments(column, 'swap') -%}
{%- set type = tokumei.treatment_plan(policy, [column['name']])['values'][column['name']].type -%}
{%- do tokumei._require_ranks(policy, column, arguments, type) -%}
{%- set group = ['by_1'] if arguments.get('by') else [] -%}
{%- set of_group = 'partition by ' ~ group[0] ~ ' ' if group else '' -%}
{%- set order = (tokumei.sql_text_order('drawn.value') if type in ['text', none] else 'drawn.value') ~ ' nulls last' -%}
{%- set of_block = 'partition by ' ~ (group + ['block']) | join(', ') -%}
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
        treated.{{ tokumei.sql_identifier(column['name']) }} as value,
        {{ draw }} as draw
    from {{ tokumei._as(at['treated'], 'treated') }}
),

ranked as (
    select
        drawn.*,
        rank() over ({{ of_group }}order by {{ order }}) as first_rank,
        count(*) over (partition by {{ (group + ['value']) | join(', ') }}) as alike,
        count(*) over ({{ of_group }}) as size
    from drawn
),

{{ tokumei._swap_blocks(arguments, group) }},

valued as (
    select
        blocked.*,
        min({{ tokumei.sql_text_order('blocked.draw') }}) over ({{ of_block }}, value) as value_draw
    from blocked
),

arranged as (
    select
        valued.*,
        row_number() over (
            {{ of_block }}
            order by valued.value_draw, {{ tokumei.sql_text_order('valued.value') }} nulls last, {{ tokumei.sql_text_order('valued.draw') }}
        ) - 1 as position,
        max(valued.alike) over ({{ of_block }}) as commonest,
        count(*) over ({{ of_block }}) as held
    from valued
)

select
    arranged.tokumei_subject,
    arranged.tokumei_record,
    {{ 'arranged.by_1,' if group }}
    arranged.block,
    arranged.position,
    (arranged.position + arranged.commonest) % arranged.held as takes,
    arranged.value,
    arranged.first_rank,
    arranged.first_rank + arranged.alike - 1 as last_rank,
    arranged.size
from arranged
{%- endmacro %}

{#- A rank of labels means nothing. -#}
{% macro _require_ranks(policy, column, arguments, type) -%}
    {%- if arguments.get('within') is not none and type == 'text' -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ '.' ~ column['name'] ~ ': swap: within reads a number or a date; got text; allowed: by alone; see docs/steps/swap.md') -%}
    {%- endif -%}
{%- endmacro %}
