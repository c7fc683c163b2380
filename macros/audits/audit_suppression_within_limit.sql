{#- No more of the subjects, nor of the records, is gone than max_suppression allows. -#}
{% macro audit_suppression_within_limit(policy, scene) -%}
{%- set findings = [] -%}
{%- for kind in ['subjects', 'records'] -%}
    {%- set given = scene['facts'][kind ~ '_in'] -%}
    {%- set lost = given - scene['facts'][kind ~ '_out'] -%}
    {%- set share = lost / given if given else 0 -%}
    {%- do findings.append(tokumei._finding(kind, lost if share > policy['max_suppression'] else 0, share)) -%}
{%- endfor -%}
{{ findings | join('\nunion all\n') }}
{%- endmacro %}
