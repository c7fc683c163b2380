{#- A number for each record of a subject, by what the record holds: the same for every mart of a dataset, whatever its
    `where` leaves. Records that hold the same are interchangeable. -#}
{% macro stage_numbered(policy, at) -%}
{%- set order = [] -%}
{%- for name in policy['source']['columns'] | list | sort if name != policy['subject'] -%}
    {%- do order.append(tokumei.sql_text_order('origin.' ~ tokumei.sql_identifier(name)) ~ ' nulls last') -%}
{%- endfor -%}
select
    origin.*,
    row_number() over (partition by origin.{{ tokumei.sql_identifier(policy['subject']) }}{{ ' order by ' ~ order | join(', ') if order else '' }}) as tokumei_record
from {{ tokumei._as(at['origin'], 'origin') }}
{%- endmacro %}
