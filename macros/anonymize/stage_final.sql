{#- The mart: declared items in their order, and the subject's token. -#}
{% macro stage_final(policy, at, shape, unique, nullable) -%}
{%- set recoded = tokumei._recoded_columns(shape['recodes']) -%}
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
left join {{ tokumei._as(at['shown_once'], 'kept') }}
    on {{ (
        tokumei.sql_join_columns('treated', 'kept', shape['combined'], nullable)
        + tokumei.sql_join_columns('members', 'kept', shape['followed'] | map(attribute='name') | list, nullable)
    ) | join('\n        and ') }}
{#- An inner join says the same. A planner without statistics takes it for a handful of rows, and neither hashes nor sorts
    what comes of it with more than one worker. #}
where coalesce(kept.tokumei_records, 0) > 0
{%- endif %}
order by {{ tokumei._row_order(policy, unique) | join(', ') }}
{%- endmacro %}

{#- Rows lie in an order that tells nothing the mart does not show: by the pseudonyms, which nobody can foresee, then by
    all that is shown. By the hidden token, the records of one subject would lie side by side. -#}
{% macro _row_order(policy, unique) -%}
    {{- return(tokumei._quoted(tokumei._row_order_names(policy, unique))) -}}
{%- endmacro %}

{% macro _row_order_names(policy, unique) -%}
    {%- if unique and policy['token'] != 'tokumei_token' -%}
        {{- return([policy['token']]) -}}
    {%- endif -%}
    {%- set shown = policy['columns'] | selectattr('pseudonym') | list + policy['columns'] | rejectattr('pseudonym') | list -%}
    {{- return(shown | map(attribute='name') | list) -}}
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

{#- Histories are counted subject by subject; here each combination is wanted once. -#}
{% macro stage_shown_once(at, shape) -%}
{%- set columns = tokumei._quoted(shape['classed'], 'every_subject') -%}
{%- for column in tokumei._recoded_columns(shape['recodes']) -%}
    {%- do columns.append('every_subject.' ~ tokumei.shown_as(column)) -%}
{%- endfor -%}
select distinct
    {{ tokumei._lines(columns + ['1 as tokumei_records']) }}
from {{ tokumei._as(at['kept'], 'every_subject') }}
{%- endmacro %}
