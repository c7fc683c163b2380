{#- What can be ranked, with its rank and everyone's share up to it; and the ranks that everyone passes up to there. -#}
{% macro _ranks_of_everyone(everyone, type, labels) -%}
{%- set in_order = 'order by readable.number, readable.moment, ' ~ tokumei.sql_text_order('readable.value') -%}
{%- set ordinal = tokumei._ordinal('everyone.value', type) -%}
readable as (
    select
        everyone.value,
        everyone.subjects,
        {{ ordinal[0] }} as number,
        {{ ordinal[1] }} as moment
    from {{ everyone }} as everyone
    where {{ tokumei._counts_towards_l('everyone.value', labels) }}
),

ranked as (
    select
        readable.value,
        cast(row_number() over in_order as {{ tokumei.sql_type('double precision') }}) as place,
        sum(readable.subjects) over ({{ tokumei.sql_named_window('in_order', in_order) }} rows unbounded preceding) / sum(readable.subjects) over () as share_up_to,
        readable.subjects / sum(readable.subjects) over () as share
    from readable
    where readable.number is not null or readable.moment is not null
    window in_order as ({{ in_order }})
),

travelled as (
    select
        ranked.place,
        ranked.share_up_to,
        sum(ranked.place * ranked.share) over (order by ranked.place) as ranks_up_to
    from ranked
)
{%- endmacro %}
