{#- The body of a mart: `{{ tokumei.anonymize(ref('stg_customers'), hierarchies=[ref('municipalities')]) }}` and nothing
    else. Renders the query that the policy means, to be read; materialized: anonymized runs the same stages. -#}
{% macro anonymize(source, hierarchies=[], lists=[], members_of=none, beside=[]) -%}
    {%- if not execute -%}
        {#- Recognisable in docs and selections as well (3-2-3-2). -#}
        {%- do config(tags=['anonymized']) -%}
        {{- return('select 1 as parsing') -}}
    {%- endif -%}
    {%- do tokumei._refuse_detours() -%}
    {%- set policy = tokumei.mart_policy(model['unique_id']) -%}
    {%- set lookups = {} -%}
    {%- for relation in hierarchies + lists -%}
        {%- do lookups.update({(relation.identifier | replace('__dbt__cte__', '')): relation | string}) -%}
    {%- endfor -%}
    {{- return(tokumei.compose(policy, source | string, tokumei._by_name(policy, lookups))) -}}
{%- endmacro %}

{% macro _by_name(policy, by_identifier) -%}
    {%- set by_name = {} -%}
    {%- for lookup in policy['lookups'] -%}
        {%- do by_name.update({lookup['name']: by_identifier.get(lookup['identifier'], by_identifier.get(lookup['name']))}) -%}
    {%- endfor -%}
    {{- return(by_name) -}}
{%- endmacro %}

{#- What would show treated records without the gate. -#}
{% macro _refuse_detours() -%}
    {%- if model['resource_type'] != 'unit_test' and config.get('materialized') != 'anonymized' -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ model['name'] ~ ': anonymize() needs its gate; got materialized: ' ~ config.get('materialized') ~ '; allowed: anonymized; see docs/releases.md') -%}
    {%- endif -%}
    {%- if flags.WHICH == 'show' -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ model['name'] ~ ': dbt show would print records that passed no audit; query the mart instead; see docs/releases.md') -%}
    {%- endif -%}
{%- endmacro %}
