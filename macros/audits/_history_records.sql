{#- Each distinct record of each history: who, what the record shows of the quasi-identifiers, what followed marts tell. -#}
{% macro _history_records(policy, scene) -%}
{%- set own = tokumei._quoted(policy['columns'] | selectattr('quasi_identifier') | map(attribute='name') | list, 'mart') -%}
{%- set told = tokumei._dataset_columns(policy, scene)[own | length:] -%}
select distinct
    mart.{{ tokumei.sql_identifier(tokumei._shown_pseudonym(policy)) }} as who,
    md5({{ tokumei.sql_record_text(own) }}) as record,
    md5({{ tokumei.sql_record_text(told) }}) as told
from {{ tokumei._joined_dataset(policy, scene) | indent(4) }}
{%- endmacro %}

{#- The pseudonym by which records of the mart are joined into histories: one by period makes a history a period. -#}
{% macro _shown_pseudonym(policy) -%}
    {%- for column in policy['columns'] if column['pseudonym'] and column['from'] == policy['subject'] -%}
        {{- return(column['name']) -}}
    {%- endfor -%}
    {{- return(policy['token']) -}}
{%- endmacro %}
