{#- Each record of each history: who, what it shows of the quasi-identifiers, and what followed marts tell of the subject. -#}
{% macro _history_records(policy, scene) -%}
{%- set known = tokumei._dataset_columns(policy, scene) or ['1'] -%}
select
    mart.{{ tokumei.sql_identifier(tokumei._shown_pseudonym(policy)) }} as who
    {%- for column in known %},
    {{ column }} as known_{{ loop.index }}
    {%- endfor %}
from {{ tokumei._joined_dataset(policy, scene) }}
{%- endmacro %}

{#- What is known of a record: its columns above. -#}
{% macro _known_of_record(policy, scene) -%}
    {%- set names = [] -%}
    {%- for column in tokumei._dataset_columns(policy, scene) or ['1'] -%}
        {%- do names.append('known_' ~ loop.index) -%}
    {%- endfor -%}
    {{- return(names) -}}
{%- endmacro %}

{#- The pseudonym by which records of the mart are joined into histories: one by period makes a history a period. -#}
{% macro _shown_pseudonym(policy) -%}
    {%- for column in policy['columns'] if column['pseudonym'] and column['from'] == policy['subject'] -%}
        {{- return(column['name']) -}}
    {%- endfor -%}
    {{- return(policy['token']) -}}
{%- endmacro %}
