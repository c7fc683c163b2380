{#- Synthetic records, drawn from what the audited candidate shows: each column by itself (marginals), or a class and then
    each other column among the records of that class (classes). A record that a real one equals is drawn again; so is one
    whose quasi-identifiers no real class shows, since a class of synthetic records alone would tell that they are. -#}
{% macro stage_synthetic(policy, numbered, places, facts) -%}
{%- set shown = policy['columns'] | rejectattr('pseudonym') | map(attribute='name') | list -%}
{%- set classed = policy['columns'] | selectattr('quasi_identifier') | map(attribute='name') | list -%}
{%- set within = policy['synthetic_share']['from'] == 'classes' -%}
{%- set wanted = tokumei.synthetic_wanted(policy, facts) -%}
with made as (
    select
        {{ tokumei._lines(['places.number', 'places.records', 'places.record', 'places.attempt'] + tokumei._synthetic_columns(shown, classed, within)) }}
    from {{ places }} as places
    {%- for name in shown if not (within and name in classed) %}
    {%- set drawn = 'drawn_' ~ (shown.index(name) + 1) %}
    inner join {{ numbered }} as {{ drawn }}
        on {{ drawn }}.{{ 'tokumei_class_place' if within else 'tokumei_place' }} = places.place_{{ shown.index(name) + 1 }}
        {{- ' and ' ~ drawn ~ '.tokumei_class = places.tokumei_class' if within }}
    {%- endfor %}
),

accepted as (
    select
        made.*,
        row_number() over (partition by made.number, made.record order by made.attempt) as choice
    from made
    where
        not exists (select 1 from {{ numbered }} as numbered where numbered.tokumei_content = md5({{ tokumei.sql_record_text(tokumei._quoted(shown, 'made')) }}))
        {%- if classed and not within %}
        and exists (select 1 from {{ numbered }} as numbered where numbered.tokumei_class = md5({{ tokumei.sql_record_text(tokumei._quoted(classed, 'made')) }}))
        {%- endif %}
),

complete as (
    select
        accepted.number,
        row_number() over (order by accepted.number) as place
    from accepted
    where accepted.choice = 1
    group by accepted.number, accepted.records
    having count(*) = accepted.records
)

select
    {{ tokumei._lines(tokumei._synthetic_items(policy)) }}
from accepted
inner join complete on accepted.number = complete.number
where accepted.choice = 1 and complete.place <= {{ wanted }}
{%- endmacro %}

{#- The real records, numbered: by all, and within their class. -#}
{% macro stage_synthetic_numbered(policy, candidate) -%}
{%- set token = tokumei.sql_identifier(policy['token']) -%}
{%- set shown = policy['columns'] | rejectattr('pseudonym') | map(attribute='name') | list -%}
{%- set classed = policy['columns'] | selectattr('quasi_identifier') | map(attribute='name') | list -%}
{%- set order = [tokumei.sql_text_order('mart.' ~ token)] -%}
{%- for name in shown -%}{%- do order.append(tokumei.sql_text_order('mart.' ~ tokumei.sql_identifier(name)) ~ ' nulls last') -%}{%- endfor -%}
with classed as (
    select
        {{ tokumei._lines(tokumei._quoted(shown, 'mart') + [
            'mart.' ~ token ~ ' as tokumei_real',
            'md5(' ~ tokumei.sql_record_text(tokumei._quoted(shown, 'mart')) ~ ') as tokumei_content',
            'md5(' ~ tokumei.sql_record_text(tokumei._quoted(classed, 'mart')) ~ ') as tokumei_class',
            'row_number() over (order by ' ~ order | join(', ') ~ ') as tokumei_place',
        ]) }}
    from {{ candidate }} as mart
)

select
    classed.*,
    row_number() over (partition by classed.tokumei_class order by classed.tokumei_place) as tokumei_class_place,
    count(*) over (partition by classed.tokumei_class) as tokumei_class_size
from classed
{%- endmacro %}

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

{#- How many synthetic subjects the declared share asks for. -#}
{% macro synthetic_wanted(policy, facts) -%}
    {{- return((policy['synthetic_share']['share'] * facts['subjects_out']) | round | int) -}}
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

{#- In a class, its own columns come with it, the others are drawn. -#}
{% macro _synthetic_columns(shown, classed, within) -%}
    {%- set columns = [] -%}
    {%- for name in shown -%}
        {%- set from = 'places' if within and name in classed else 'drawn_' ~ loop.index -%}
        {%- do columns.append(from ~ '.' ~ tokumei.sql_identifier(name) ~ ' as ' ~ tokumei.sql_identifier(name)) -%}
    {%- endfor -%}
    {{- return(columns) -}}
{%- endmacro %}

{#- The columns of a release, with a token like any other. -#}
{% macro _synthetic_items(policy) -%}
    {%- set token = tokumei.keyed_hash(policy, 'synthetic', [policy['mart'], 'token'], [tokumei.sql_text('accepted.number')]) -%}
    {%- set items = [] -%}
    {%- for column in policy['columns'] -%}
        {%- set name = tokumei.sql_identifier(column['name']) -%}
        {%- if column['pseudonym'] -%}
            {%- do items.append(('substr(' ~ token ~ ', 1, 32)' if tokumei._step_arguments(column, 'pseudonymize').get('bits', 256) == 128 else token) ~ ' as ' ~ name) -%}
        {%- else -%}
            {%- do items.append('accepted.' ~ name ~ ' as ' ~ name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if policy['token'] == 'tokumei_token' -%}
        {%- do items.append(token ~ ' as tokumei_token') -%}
    {%- endif -%}
    {{- return(items) -}}
{%- endmacro %}
