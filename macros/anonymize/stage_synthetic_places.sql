{#- Which records each synthetic one draws from: a length of history, then for every attempt a class, or a place for each
    column. -#}
{% macro stage_synthetic_places(policy, candidate, numbered, facts) -%}
{%- set token = tokumei.sql_identifier(policy['token']) -%}
{%- set shown = policy['columns'] | rejectattr('pseudonym') | map(attribute='name') | list -%}
{%- set classed = policy['columns'] | selectattr('quasi_identifier') | map(attribute='name') | list -%}
{%- set within = policy['synthetic_share']['from'] == 'classes' -%}
{%- set wanted = tokumei.synthetic_wanted(policy, facts) -%}
with people as (
    select
        person.records,
        row_number() over (order by {{ tokumei.sql_text_order('person.token') }}) as place
    from (select mart.{{ token }} as token, count(*) as records from {{ candidate }} as mart group by mart.{{ token }}) as person
),

invented as (
    select {{ tokumei.sql_series(2 * wanted) }} as number
),

lengths as (
    select
        invented.number,
        {{ tokumei._synthetic_draw(policy, 'history', ['invented.number']) }} % {{ facts['subjects_out'] }} + 1 as place
    from invented
),

records as (
    select
        lengths.number,
        people.records,
        {{ tokumei.sql_series('people.records') }} as record
    from lengths
    inner join people on lengths.place = people.place
),

attempts as (
    select
        records.number,
        records.records,
        records.record,
        {{ tokumei.sql_series(8) }} as attempt
    from records
),

draws as (
    select
        {{ tokumei._lines(['attempts.number', 'attempts.records', 'attempts.record', 'attempts.attempt'] + tokumei._synthetic_draws(policy, shown, classed, within)) }}
    from attempts
)

select
    {{ tokumei._lines(['draws.number', 'draws.records', 'draws.record', 'draws.attempt'] + tokumei._synthetic_places(shown, classed, within, facts)) }}
from draws
{%- if within %}
inner join {{ numbered }} as in_class on draws.draw_class % {{ facts['records_out'] }} + 1 = in_class.tokumei_place
{%- endif %}
{%- endmacro %}

{#- 48 bits of a keyed hash. -#}
{% macro _synthetic_draw(policy, what, parts) -%}
    {%- set texts = [] -%}
    {%- for part in parts -%}{%- do texts.append(tokumei.sql_text(part)) -%}{%- endfor -%}
    {%- set hash = tokumei.keyed_hash(policy, 'synthetic', [policy['mart'], what], texts) -%}
    {{- return(tokumei.sql_hex_number('substr(' ~ hash ~ ', 1, 12)')) -}}
{%- endmacro %}

{#- What is drawn for each attempt: a class, where columns are drawn within one, and each column. -#}
{% macro _synthetic_draws(policy, shown, classed, within) -%}
    {%- set parts = ['attempts.number', 'attempts.record', 'attempts.attempt'] -%}
    {%- set draws = [tokumei._synthetic_draw(policy, 'class', parts) ~ ' as draw_class'] if within else [] -%}
    {%- for name in shown if not (within and name in classed) -%}
        {%- do draws.append(tokumei._synthetic_draw(policy, 'column ' ~ name, parts) ~ ' as draw_' ~ (shown.index(name) + 1)) -%}
    {%- endfor -%}
    {{- return(draws) -}}
{%- endmacro %}

{% macro _synthetic_places(shown, classed, within, facts) -%}
    {%- set size = 'in_class.tokumei_class_size' if within else facts['records_out'] -%}
    {%- set places = ['in_class.tokumei_class'] + (tokumei._quoted(classed, 'in_class')) if within else [] -%}
    {%- for name in shown if not (within and name in classed) -%}
        {%- set number = shown.index(name) + 1 -%}
        {%- do places.append('draws.draw_' ~ number ~ ' % ' ~ size ~ ' + 1 as place_' ~ number) -%}
    {%- endfor -%}
    {{- return(places) -}}
{%- endmacro %}
