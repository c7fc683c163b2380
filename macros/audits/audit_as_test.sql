{#- An audit of the gate, asked of the release that the mart shows now: a row for each finding with violations. The rows
    hold column names and counts, so neither the test's output nor store_failures can quote the data. -#}
{% macro audit_as_test(name) -%}
{%- if not execute -%}
    {{- return('select 1 as parsing') -}}
{%- endif -%}
{%- set policy = tokumei.mart_policy(tokumei._tested_mart(), alone=tokumei._built_here()) -%}
{%- set scene = tokumei.release_scene(policy) -%}
{{ tokumei._violations_of(tokumei.audit_query(name, policy, scene) if scene is not none else tokumei._finding('no release', 1)) }}
{%- endmacro %}

{% macro _violations_of(findings) -%}
select
    finding.column_name,
    finding.violations,
    finding.measured
from (
    {{ findings | indent(4) }}
) as finding
where finding.violations > 0
{%- endmacro %}

{#- Whether this run built the mart before it tests it, and so judged its dataset: else dbt skips the test. -#}
{% macro _built_here() -%}
    {{- return(flags.WHICH == 'build' and tokumei._tested_mart() in selected_resources) -}}
{%- endmacro %}

{#- In a generic test the argument `model` hides the test node; here it is the test, attached to its mart. -#}
{% macro _tested_mart() -%}
    {%- set node = graph['nodes'].get(model.get('attached_node')) -%}
    {%- if not node or (node.get('config') or {}).get('materialized') != 'anonymized' -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ model['name'] ~ ': an audit is a test of a mart; got ' ~ (node['name'] if node else 'no model') ~ '; allowed: a model materialized: anonymized; see docs/policy.md') -%}
    {%- endif -%}
    {{- return(node['unique_id']) -}}
{%- endmacro %}
