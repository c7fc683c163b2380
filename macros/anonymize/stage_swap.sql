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

{#- The stage `blocked`: the ranked records with their block. -#}
{% macro _swap_blocks(arguments, group) -%}
{%- if arguments.get('within') is none -%}
blocked as (
    select
        ranked.*,
        0 as block
    from ranked
)
{%- else -%}
{%- set names = group + ['window_width', 'block'] -%}
cut as (
    select
        windowed.*,
        {{ tokumei.sql_divide_whole('(windowed.first_rank - 1) * ' ~ tokumei.sql_divide_whole('windowed.size + windowed.window_width - 1', 'windowed.window_width'), 'windowed.size') }} as cut
    from (
        select
            ranked.*,
            greatest({{ tokumei.sql_divide_whole('ranked.size * ' ~ (arguments['within'] * 1000000) | round | int, 100000000) }}, 1) as window_width
        from ranked
    ) as windowed
),

cuts as (
    select
        {{ 'cut.by_1,' if group }}
        cut.cut,
        max(cut.window_width) as window_width,
        min(cut.first_rank + cut.alike - 1) as first_end,
        max(cut.first_rank) as last_start,
        max(cut.alike) as commonest,
        count(*) as held
    from cut
    group by {{ (group + ['cut']) | join(', ') }}
),

{{ tokumei._join_blocks('joined_1', 'cuts', 'cut', group, 0) }},

{{ tokumei._join_blocks('joined_2', 'joined_1', 'joined', group, 1) }},

blocked as (
    select
        cut.*,
        joined_2.joined as block
    from cut
    inner join joined_1 on cut.cut = joined_1.cut{{ ' and ' ~ tokumei.sql_same('cut.by_1', 'joined_1.by_1') if group }}
    inner join joined_2 on joined_1.cut = joined_2.cut{{ ' and ' ~ tokumei.sql_same('joined_1.by_1', 'joined_2.by_1') if group }}
)
{%- endif -%}
{%- endmacro %}

{#- Neighbours in pairs: joined, if more than half of one is one value and the whole is no wider than the window. -#}
{% macro _join_blocks(name, from, of, group, offset) -%}
{%- set by = group | join(', ') ~ ', ' if group else '' -%}
{%- set of_pair = 'partition by ' ~ by ~ 'pair' -%}
{{ name }} as (
    select
        paired.*,
        case when paired.near and paired.needed then paired.pair_head else paired.number end as joined
    from (
        select
            numbered.*,
            max(numbered.last_start) over ({{ of_pair }}) - min(numbered.first_end) over ({{ of_pair }}) <= numbered.window_width as near,
            max(case when 2 * numbered.commonest > numbered.held then 1 else 0 end) over ({{ of_pair }}) = 1 as needed,
            min(numbered.number) over ({{ of_pair }}) as pair_head
        from (
            select
                counted.*,
                {{ tokumei.sql_divide_whole('counted.number + ' ~ offset, 2) }} as pair
            from (
                {%- if from == 'cuts' %}
                select
                    cuts.*,
                    row_number() over ({{ 'partition by ' ~ group[0] if group }} order by cuts.cut) as number
                from cuts
                {%- else %}
                select
                    {{ by }}cut,
                    window_width,
                    min(first_end) over same_block as first_end,
                    max(last_start) over same_block as last_start,
                    max(commonest) over same_block as commonest,
                    sum(held) over same_block as held,
                    dense_rank() over ({{ 'partition by ' ~ group[0] if group }} order by joined) as number
                from {{ from }}
                window same_block as (partition by {{ by }}joined)
                {%- endif %}
            ) as counted
        ) as numbered
    ) as paired
)
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
