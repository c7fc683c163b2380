{#- Every column of the mart after its scalar steps, one row a record of the source. -#}
{% macro stage_treated(policy, at, shape, only=none) -%}
{%- set plan = tokumei.treatment_plan(policy, only) -%}
{{ tokumei.treated_from(policy, at, shape, plan, tokumei._nested_layers(policy, at, plan, plan['layers'] | length)) }}
{%- endmacro %}

{% macro treated_from(policy, at, shape, plan, layers) -%}
{%- set columns = ['source.' ~ tokumei.sql_identifier(policy['subject']) ~ ' as tokumei_subject'] -%}
{%- if shape['swaps'] -%}
    {%- do columns.append('source.tokumei_record as tokumei_record') -%}
{%- endif -%}
{%- for name, value in plan['values'].items() -%}
    {%- do columns.append(value.sql ~ ' as ' ~ tokumei.sql_identifier(name)) -%}
{%- endfor -%}
select
    {{ tokumei._lines(columns) }}
from {{ tokumei._as(layers, 'source') }}
{{- tokumei._join_maps(at, plan, plan['joins']) }}
{%- endmacro %}
