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

{#- How many synthetic subjects the declared share asks for. -#}
{% macro synthetic_wanted(policy, facts) -%}
    {{- return((policy['synthetic_share']['share'] * facts['subjects_out']) | round | int) -}}
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
