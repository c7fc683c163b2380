{#- The values of one column that are suppressed: those held by fewer than `below` subjects and those listed. A pool that
    would name what it hides (one value, or fewer subjects than the threshold) takes in the next rarest value, and so on.
    Subjects of several values add up only where each has one record; else some value alone must reach the threshold.
    Null is a value like any other. -#}
{% macro stage_pool(recode, at, combinations, unique) -%}
{%- set rarest = 'partition by marked.hidden order by marked.subjects, ' ~ tokumei.sql_text_order('marked.value') ~ ' nulls last' -%}
{%- set name = tokumei.sql_identifier(recode['name']) -%}
{%- set subjects = tokumei._subjects('alive', unique) -%}
{%- set tests = [] -%}
{%- if recode.get('below') -%}{%- do tests.append('counted.subjects < ' ~ recode['below']) -%}{%- endif -%}
{%- if recode.get('list') -%}
    {%- do tests.append('exists (select 1 from ' ~ at['lookups'][recode['list']] ~ ' as listed where ' ~ tokumei.join_text('listed.' ~ tokumei.sql_identifier('value')) ~ ' = ' ~ tokumei.join_text('counted.value') ~ ')') -%}
{%- endif -%}
with counted as (
    select
        alive.{{ name }} as value,
        {{ subjects }} as subjects
    from {{ combinations }} as alive
    group by alive.{{ name }}
),

marked as (
    select
        counted.value,
        counted.subjects,
        {{ tests | join(' or ') }} as hidden
    from counted
),

ranked as (
    select
        marked.value,
        marked.hidden,
        row_number() over rarest as place,
        coalesce({{ 'sum' if unique else 'max' }}(marked.subjects) over ({{ tokumei.sql_named_window('rarest', rarest) }} rows between unbounded preceding and 1 preceding), 0) as rarer
    from marked
    window rarest as ({{ rarest }})
),

hidden as (
    select
        count(distinct {{ tokumei.sql_text('marked.value') }}) + max(case when marked.value is null then 1 else 0 end) as pooled,
        {{ subjects }} as subjects
    from {{ combinations }} as alive
    inner join marked on {{ tokumei.sql_same('alive.' ~ name, 'marked.value') }} and marked.hidden
)

select
    ranked.value as key_1,
    true as changed
from ranked
cross join hidden
where ranked.hidden
    or (
        hidden.pooled > 0
        and (
            hidden.pooled + ranked.place - 1 < 2
            or {{ 'hidden.subjects + ranked.rarer' if unique else 'greatest(hidden.subjects, ranked.rarer)' }} < {{ recode['threshold'] }}
        )
    )
{%- endmacro %}
