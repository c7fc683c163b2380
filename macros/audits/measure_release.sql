{#- Figures of the release log that no audit limits. -#}
{% macro measure_release(policy, scene) -%}
    {%- set columns = tokumei._dataset_columns(policy, scene) -%}
    {%- set row = tokumei.first_row('select count(*) from (select 1 as class from ' ~ tokumei._joined_dataset(policy, scene) ~ (' group by ' ~ columns | join(', ') if columns else '') ~ ') as class') -%}
    {%- do scene['facts'].update({'classes': row[0] | int if columns else 1}) -%}
{%- endmacro %}
