{#- max_history: which records of a longer history are kept is drawn under the release's key. -#}
{% macro stage_counted(policy, before) -%}
select
    source.*,
    count(*) over (partition by source.{{ tokumei.sql_identifier(policy['subject']) }}) as tokumei_history
from {{ tokumei._as(before, 'source') }}
{%- endmacro %}

{% macro stage_limited(policy, before) -%}
{%- set draw = tokumei.keyed_hash(policy, 'history', [], tokumei._record_parts(policy, 'counted.')) -%}
select ranked.*
from (
    select
        counted.*,
        row_number() over (
            partition by counted.{{ tokumei.sql_identifier(policy['subject']) }}
            order by case when counted.tokumei_history > {{ policy['max_history'] }} then {{ draw }} end, counted.tokumei_record
        ) as tokumei_place
    from {{ tokumei._as(before, 'counted') }}
) as ranked
where ranked.tokumei_place <= {{ policy['max_history'] }}
{%- endmacro %}

{#- What tells a record apart for a keyed draw: its subject and its number. -#}
{% macro _record_parts(policy, alias) -%}
    {{- return([tokumei._subject_text(policy, alias ~ tokumei.sql_identifier(policy['subject'])), tokumei.sql_text(alias ~ 'tokumei_record')]) -}}
{%- endmacro %}

{% macro _subject_text(policy, subject) -%}
    {{- return(tokumei._canonical_text(tokumei._value(subject, policy['source']['types'].get(policy['subject'])))) -}}
{%- endmacro %}
