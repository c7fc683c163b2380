{#- The one way to a policy. Tests of macros override it with a dict, because a dbt unit test has no graph. A dataset is
    released as a whole, so the errors of its other marts stop this one too, and those of its terms; `alone` is for a mart
    whose dataset this run has found to be without errors. -#}
{% macro mart_policy(unique_id, choosing=false, alone=false) -%}
    {%- set policy = tokumei._resolve_mart(graph['nodes'][unique_id]) -%}
    {%- set errors = policy['errors'] -%}
    {%- if not choosing -%}
        {%- do errors.extend(policy['open']) -%}
    {%- endif -%}
    {%- for node in tokumei.marts_of(policy['dataset']) if not alone and node['unique_id'] != unique_id -%}
        {%- set other = tokumei._resolve_mart(node) -%}
        {%- do errors.extend(other['errors'] + ([] if choosing else other['open'])) -%}
    {%- endfor -%}
    {%- if not alone -%}
        {%- do errors.extend(tokumei._resolve_terms(policy['dataset'])['errors']) -%}
    {%- endif -%}
    {%- if errors -%}
        {%- do exceptions.raise_compiler_error('\n' ~ errors | unique | join('\n')) -%}
    {%- endif -%}
    {{- return(policy) -}}
{%- endmacro %}
