{#- Histories: history_protected for every number of known records that the policy names. Base is what an attacker places
    who knows none: nobody, for among fewer subjects than it asks for no release passes. -#}
{% macro attack_histories(policy, scene) -%}
{%- set limited = policy['attacks']['histories'] -%}
{%- if scene['unique'] -%}
    {{- return(tokumei._nothing_to_find()) -}}
{%- endif -%}
{%- set findings = [] -%}
{%- for known in limited['known'] -%}
    {%- set asked = {} -%}
    {%- do asked.update(policy) -%}
    {%- do asked.update({'history': {'known': known, 'among': limited['among'], 'at_most': limited['at_most']}}) -%}
    {%- do findings.append(
        'select cast(' ~ tokumei.sql_literal('known ' ~ known ~ ', ') ~ " || case placed.column_name when 'share' then 'success' else 'upper' end as " ~ tokumei.sql_type('text') ~ ") as column_name,"
        ~ ' placed.violations, placed.measured from (\n' ~ tokumei.audit_history_protected(asked, scene) ~ '\n) as placed'
    ) -%}
{%- endfor -%}
{%- do findings.append(tokumei._finding('base', 0, 0)) -%}
{{ findings | join('\nunion all\n') }}
{%- endmacro %}
