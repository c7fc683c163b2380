{#- The numbers of the policy. None has a default: a privacy officer chose each. -#}
{% macro _resolve_limits(errors, policy, meta) -%}
    {%- set mart = policy['mart'] -%}
    {%- set k = meta.get('k') -%}
    {%- if k is boolean or k is not integer or k < 2 -%}
        {%- do tokumei._policy_error(errors, mart, none, 'k', k if k is not none else 'nothing', 'a whole number of at least 2 (persons per equivalence class)', 'audits/k_anonymous.md') -%}
    {%- endif -%}
    {%- if meta.get('k_reason') is not string or meta['k_reason'] | trim == '' -%}
        {%- do tokumei._policy_error(errors, mart, none, 'k_reason', meta.get('k_reason') or 'nothing', 'a text: why this k', 'audits/k_anonymous.md') -%}
    {%- endif -%}
    {%- set limit = meta.get('max_suppression') -%}
    {%- if limit is boolean or limit is not number or limit < 0 or limit >= 1 -%}
        {%- do tokumei._policy_error(errors, mart, none, 'max_suppression', limit if limit is not none else 'nothing', 'a share of 0 or more and below 1', 'audits/suppression_within_limit.md') -%}
    {%- endif -%}
    {%- set history = meta.get('history') -%}
    {%- if history is not none and not tokumei._is_history(history) -%}
        {%- do tokumei._policy_error(errors, mart, none, 'history', history, '{known: 1 or more, among: 2 or more, at_most: a share of 0 or more and below 1}', 'audits/history_protected.md') -%}
    {%- endif -%}
    {%- set longest = meta.get('max_history') -%}
    {%- if longest is not none and (longest is boolean or longest is not integer or longest < 1) -%}
        {%- do tokumei._policy_error(errors, mart, none, 'max_history', longest, 'a whole number of at least 1 (records per subject)', 'steps/max_history.md') -%}
    {%- endif -%}
    {%- do policy.update({'max_history': longest, 'k': k, 'k_reason': meta.get('k_reason'), 'max_suppression': limit, 'history': history}) -%}
{%- endmacro %}

{% macro _is_history(history) -%}
    {{- return(
        history is mapping and (history | list | sort) == ['among', 'at_most', 'known']
        and history['known'] is integer and history['known'] >= 1
        and history['among'] is integer and history['among'] >= 2
        and history['at_most'] is number and 0 <= history['at_most'] < 1
    ) -}}
{%- endmacro %}
