{#- The subjects the followed mart shows, with what it tells of them and their token. -#}
{% macro stage_members(policy, at, shape) -%}
{%- set columns = [] -%}
{%- for followed in shape['followed'] -%}
    {%- do columns.append('followed_' ~ followed['mart'] ~ '.' ~ tokumei.sql_identifier(followed['column']) ~ ' as ' ~ tokumei.sql_identifier(followed['name'])) -%}
{%- endfor -%}
select
    {{ tokumei._lines(['person.tokumei_subject as tokumei_subject', 'person.tokumei_token as tokumei_token'] + columns) }}
from (
    select
        source.{{ tokumei.sql_identifier(policy['subject']) }} as tokumei_subject,
        {{ tokumei.token(policy, 'source.' ~ tokumei.sql_identifier(policy['subject'])) }} as tokumei_token
    from (select distinct {{ tokumei.sql_identifier(policy['subject']) }} from {{ at['source'] }} as every_record) as source
) as person
{%- for mart in policy['follows'] %}
inner join {{ at['follows'][mart['name']] }} as followed_{{ loop.index }}
    on person.tokumei_token = followed_{{ loop.index }}.{{ tokumei.sql_identifier(mart['token']) }}
{%- endfor -%}
{%- endmacro %}

{#- What stands for a subject in the release tables of a dataset: the whole pseudonym. -#}
{% macro token(policy, subject) -%}
    {%- set value = tokumei._value(subject, policy['source']['types'].get(policy['subject'])) -%}
    {{- return(tokumei.keyed_hash(policy, 'pseudonym', ['subject'], [tokumei._canonical_text(value)])) -}}
{%- endmacro %}
