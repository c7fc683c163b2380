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
        {{ tokumei.sql_whole_quotient('(windowed.first_rank - 1) * ' ~ tokumei.sql_whole_quotient('windowed.size + windowed.window_width - 1', 'windowed.window_width'), 'windowed.size') }} as cut
    from (
        select
            ranked.*,
            greatest({{ tokumei.sql_whole_quotient('ranked.size * ' ~ (arguments['within'] * 1000000) | round | int, 100000000) }}, 1) as window_width
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
                {{ tokumei.sql_whole_quotient('counted.number + ' ~ offset, 2) }} as pair
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
