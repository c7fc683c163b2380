{#- dbt run-operation propose_levels --args '{mart: customers_anonymized}' -#}
{% macro propose_levels(mart, k=none, max_suppression=none, by='loss', columns={}, show=5, format='text') -%}
    {%- set policy = tokumei._policy_to_choose(mart) -%}
    {%- set asked = {
        'k': policy['k'] if k is none else k,
        'max_suppression': policy['max_suppression'] if max_suppression is none else max_suppression,
        'by': by,
        'show': show,
    } -%}
    {%- set ladders = tokumei._asked_ladders(policy, asked, columns, format) -%}
    {%- set proposal = tokumei.search_levels(policy, ladders, asked) -%}
    {%- do print(tokumei.proposal_text(policy, proposal)) -%}
{%- endmacro %}

{% macro _policy_to_choose(mart) -%}
    {%- set nodes = graph['nodes'].values() | selectattr('name', 'equalto', mart) | selectattr('config.materialized', 'equalto', 'anonymized') | list -%}
    {%- if nodes | length != 1 -%}
        {%- do exceptions.raise_compiler_error('tokumei: propose_levels: mart; got ' ~ mart ~ '; allowed: a model with materialized: anonymized; see docs/search.md') -%}
    {%- endif -%}
    {%- set policy = tokumei.mart_policy(nodes[0]['unique_id'], true) -%}
    {%- if policy['follows'] -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ mart ~ ': levels of a mart that follows another are not searched; got members_of: ' ~ policy['follows'][0]['name'] ~ '; allowed: a mart without members_of; see docs/search.md') -%}
    {%- endif -%}
    {%- do tokumei.check_source_columns(policy) -%}
    {{- return(policy) -}}
{%- endmacro %}
