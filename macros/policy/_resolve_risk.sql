{#- Whether risk and use are measured, and above which risk a subject counts as at risk. It changes no mart, so it is no
    part of the fingerprint. -#}
{% macro _resolve_risk(errors, policy, meta) -%}
    {%- set given = meta.get('risk') -%}
    {%- set threshold = given.get('threshold') if given is mapping else none -%}
    {%- set sound = given is mapping and given | list == ['threshold'] and threshold is number and threshold is not boolean and 0 < threshold < 1 -%}
    {%- do policy.update({'risk': given if sound else none}) -%}
    {%- if 'risk' in meta and not sound -%}
        {%- do tokumei._policy_error(errors, policy['mart'], none, 'risk', given if given is not none else 'nothing', '{threshold: a probability above 0 and below 1}', 'risk.md') -%}
    {%- endif -%}
{%- endmacro %}
