{#- dbt --quiet run-operation classify --args '{relation: stg_customers, subject: customer_id}'
    Proposes what each column of a relation is, as YAML to paste, with the evidence as comments: shares and counts, never
    a value. Reads; builds and keeps nothing. -#}
{% macro classify(relation, subject=none, sample=20000) -%}
    {%- set node = tokumei._node_to_classify(relation, sample) -%}
    {%- set found = tokumei._parent_relation(node['unique_id']) -%}
    {%- set families = {} -%}
    {%- for column in adapter.get_columns_in_relation(found) -%}
        {%- do families.update({column.name: tokumei._type_family(column.data_type)}) -%}
    {%- endfor -%}
    {%- set who = subject or tokumei._meta_of(node).get('subject') -%}
    {%- do tokumei._check_classified(relation, families, who) -%}
    {%- set facts = {'records': tokumei.first_row('select count(*) from ' ~ found ~ ' as held')[0], 'sample': sample, 'subject': who, 'families': families} -%}
    {%- set counts = {} -%}
    {%- set answer = tokumei.answer_of(tokumei.stage_profile(found | string, facts)) -%}
    {%- for row in answer.rows -%}
        {%- set measured = {} -%}
        {%- for name in answer.column_names[1:] -%}{%- do measured.update({name | lower: (row[name] or 0) | float}) -%}{%- endfor -%}
        {%- do counts.update({row[0]: measured}) -%}
    {%- endfor -%}
    {%- set proposals = {} -%}
    {%- for name, family in families.items() -%}
        {%- do proposals.update({name: tokumei.propose_classification(name, family, counts.get(name), who)}) -%}
    {%- endfor -%}
    {%- do print(tokumei.classification_text(node, facts, proposals)) -%}
{%- endmacro %}

{#- A model, seed, snapshot or source by its name; a source also as source.table. -#}
{% macro _node_to_classify(relation, sample) -%}
    {%- set errors = [] -%}
    {%- set nodes = [] -%}
    {%- for node in (graph['nodes'].values() | list) + (graph['sources'].values() | list) -%}
        {%- if node['resource_type'] in ['model', 'seed', 'snapshot', 'source'] and relation in [node['name'], (node.get('source_name') or '') ~ '.' ~ node['name']] -%}
            {%- do nodes.append(node) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if nodes | length != 1 -%}
        {%- do tokumei._policy_error(errors, 'classify', none, 'relation', relation ~ ' (' ~ nodes | length ~ ' found)', 'the name of one model, seed, snapshot or source, or source.table', 'detection.md') -%}
    {%- elif (nodes[0].get('config') or {}).get('materialized') == 'ephemeral' -%}
        {%- do tokumei._policy_error(errors, 'classify', none, 'relation', relation ~ ', an ephemeral model', 'what can be queried', 'detection.md') -%}
    {%- endif -%}
    {%- if sample is boolean or sample is not integer or sample < 100 -%}
        {%- do tokumei._policy_error(errors, 'classify', none, 'sample', sample, 'a whole number of records, 100 or more', 'detection.md') -%}
    {%- endif -%}
    {%- do tokumei._raise_together(errors) -%}
    {{- return(nodes[0]) -}}
{%- endmacro %}

{% macro _check_classified(relation, families, subject) -%}
    {%- set errors = [] -%}
    {%- if not families -%}
        {%- do tokumei._policy_error(errors, 'classify', none, 'relation', relation ~ ' is not in the warehouse', 'a relation that was built', 'detection.md') -%}
    {%- elif subject is not none and subject not in families -%}
        {%- do tokumei._policy_error(errors, 'classify', none, 'subject', subject, families, 'detection.md') -%}
    {%- endif -%}
    {%- do tokumei._raise_together(errors) -%}
{%- endmacro %}
