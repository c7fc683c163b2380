{#- Findings as the query of a data test: a row each, and never a value. -#}
{% macro findings_query(findings) -%}
{%- set rows = [] -%}
{%- for finding in findings -%}
    {%- do rows.append(
        'select ' ~ tokumei.sql_text_literal(finding['register']) ~ ' as register, cast(' ~ tokumei.sql_literal(finding['row']) ~ ' as integer) as row_no, '
        ~ tokumei.sql_text_literal(finding['column']) ~ ' as column_name, ' ~ tokumei.sql_text_literal(finding['problem']) ~ ' as problem'
    ) -%}
{%- endfor -%}
{%- if not rows -%}
    {%- do rows.append("select '' as register, 0 as row_no, '' as column_name, '' as problem where false") -%}
{%- endif -%}
{{ rows | join('\nunion all\n') }}
{%- endmacro %}

{#- The test of a register: its name is in the meta of what the test is attached to. -#}
{% macro register_as_test() -%}
    {%- set node = tokumei._tested_node() -%}
    {%- set name = tokumei._meta_of(node).get('register') -%}
    {%- if not name -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ node['name'] ~ ': register_sound is a test of a register; got no register; allowed: config.meta.tokumei: {register: <name>}; see docs/registers.md') -%}
    {%- elif tokumei.register_relation(name) is none -%}
        {{- return(tokumei.findings_query(tokumei._as_findings(name, [[none, none, 'the relation does not exist', none]]))) -}}
    {%- endif -%}
    {{- return(tokumei.findings_query(tokumei.register_findings(name))) -}}
{%- endmacro %}

{% macro received_as_test() -%}
    {%- set node = tokumei._tested_node() -%}
    {%- if not tokumei._meta_of(node).get('received') -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ node['name'] ~ ': received_labelled is a test of what was received; got no dataset; allowed: config.meta.tokumei: {received: <dataset>}; see docs/registers.md') -%}
    {%- endif -%}
    {{- return(tokumei.findings_query(tokumei.received_findings(node))) -}}
{%- endmacro %}

{#- In a generic test the argument `model` hides the test node; here it is the test. dbt attaches it to a seed, model or
    snapshot; which source it tests, only its own text says. -#}
{% macro _tested_node() -%}
    {%- set attached = graph['nodes'].get(model.get('attached_node')) -%}
    {%- if attached -%}
        {{- return(attached) -}}
    {%- endif -%}
    {%- set named = modules.re.search("source\\('(.+?)', '(.+?)'\\)", model['test_metadata']['kwargs']['model']) -%}
    {%- for node in graph['sources'].values() if named and node['source_name'] == named.group(1) and node['name'] == named.group(2) -%}
        {%- if node['unique_id'] in model['depends_on']['nodes'] -%}
            {{- return(node) -}}
        {%- endif -%}
    {%- endfor -%}
    {%- do exceptions.raise_compiler_error('tokumei: ' ~ model['name'] ~ ': not found what it tests; see docs/registers.md') -%}
{%- endmacro %}
