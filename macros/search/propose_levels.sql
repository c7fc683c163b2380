{#- dbt run-operation propose_levels --args '{mart: customers_anonymized}' -#}
{% macro propose_levels(mart, k=none, max_suppression=none, by='loss', columns={}, show=5, format='text', l=none, t=none, with_models=false) -%}
    {%- set policy = tokumei._policy_to_choose(mart) -%}
    {%- set asked = {'by': by, 'show': show, 'format': format, 'with_models': with_models} -%}
    {%- for name, value in [['k', k], ['max_suppression', max_suppression], ['l', l], ['t', t]] if value is not none -%}
        {%- do asked.update({name: value}) -%}
    {%- endfor -%}
    {%- set facts = tokumei.propose(policy, asked, columns) -%}
    {%- do print({'json': tojson(facts), 'yaml': toyaml(facts), 'text': tokumei.proposal_text(facts)}[format]) -%}
{%- endmacro %}

{#- The proposal as a dict; what is not asked is as the policy says. -#}
{% macro propose(policy, asked, columns={}) -%}
    {%- set whole = dict({'k': policy['k'], 'max_suppression': policy['max_suppression'], 'by': 'loss', 'show': 5, 'format': 'text', 'with_models': false}, **asked) -%}
    {%- set ladders = tokumei._asked_ladders(policy, whole, columns) -%}
    {{- return(tokumei.proposal_facts(policy, tokumei.search_levels(policy, ladders, whole))) -}}
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
