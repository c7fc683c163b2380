{#- The mart: declared items in their order, the subject's token, rows in the token's order, which nobody can foresee. -#}
{% macro stage_final(policy, at, shape, unique, nullable) -%}
{%- set recoded = shape['recodes'] | map(attribute='column') | list -%}
{%- set columns = [] -%}
{%- for column in policy['columns'] -%}
    {%- set name = tokumei.sql_identifier(column['name']) -%}
    {%- if column['name'] == policy['token'] -%}
        {%- do columns.append(tokumei._token_of(policy, at, unique) ~ ' as ' ~ name) -%}
    {%- elif column['name'] in recoded -%}
        {%- do columns.append('kept.' ~ tokumei.shown_as(column['name']) ~ ' as ' ~ name) -%}
    {%- else -%}
        {%- do columns.append('treated.' ~ name ~ ' as ' ~ name) -%}
    {%- endif -%}
{%- endfor -%}
{%- if policy['token'] == 'tokumei_token' -%}
    {%- do columns.append(tokumei._token_of(policy, at, unique) ~ ' as tokumei_token') -%}
{%- endif -%}
select
    {{ tokumei._lines(columns) }}
from {{ tokumei._as(at['treated'], 'treated') }}
{%- if policy['follows'] or not unique %}
inner join {{ at['members'] if policy['follows'] else at['tokens'] }} as members
    on treated.tokumei_subject = members.tokumei_subject
{%- endif %}
{%- if shape['classed'] %}
inner join {{ tokumei._kept_combinations(at, shape, unique) }} as kept
    on {{ (
        tokumei.sql_join_columns('treated', 'kept', shape['combined'], nullable)
        + tokumei.sql_join_columns('members', 'kept', shape['followed'] | map(attribute='name') | list, nullable)
    ) | join('\n        and ') }}
{%- endif %}
order by {{ tokumei.sql_identifier(policy['token']) }}
{%- if not unique %}, {{ tokumei._quoted(policy['columns'] | map(attribute='name') | reject('equalto', policy['token']) | list) | join(', ') }}
{%- endif -%}
{%- endmacro %}

{#- Histories are counted subject by subject; here each combination is wanted once. -#}
{% macro _kept_combinations(at, shape, unique) -%}
    {%- if unique -%}
        {{- return(at['kept']) -}}
    {%- endif -%}
    {%- set columns = tokumei._quoted(shape['classed']) -%}
    {%- for pool in shape['recodes'] -%}
        {%- do columns.append(tokumei.shown_as(pool['column'])) -%}
    {%- endfor -%}
    {{- return('(select distinct ' ~ columns | join(', ') ~ ' from ' ~ at['kept'] ~ ' as every_subject)') -}}
{%- endmacro %}

{% macro _token_of(policy, at, unique) -%}
    {{- return('members.tokumei_token' if policy['follows'] or not unique else tokumei.token(policy, 'treated.tokumei_subject')) -}}
{%- endmacro %}

{#- One hash a subject, not one a record. -#}
{% macro stage_tokens(policy, at) -%}
{%- set subject = tokumei.sql_identifier(policy['subject']) -%}
select
    person.{{ subject }} as tokumei_subject,
    {{ tokumei.token(policy, 'person.' ~ subject) }} as tokumei_token
from (select distinct {{ subject }} from {{ at['source'] }} as every_record) as person
{%- endmacro %}
