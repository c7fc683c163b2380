{#- Reads the source once, into a frequency set, and searches its lattice. -#}
{% macro search_levels(policy, ladders, asked) -%}
    {%- do tokumei.sql_create_private_schema() -%}
    {%- do tokumei.sql_commit_now() -%}
    {%- set started = modules.datetime.datetime.now() -%}
    {%- do tokumei.run_statement('select 1 as opened') -%}
    {%- do tokumei.sql_avoid_nested_loops() -%}
    {%- set base = tokumei._base_policy(policy, ladders) -%}
    {%- set read = tokumei._read_combinations(base, ladders) -%}
    {%- set lattice = tokumei.build_lattice(policy['mart'], ladders, read['combinations'], read['lookups'], read['unique']) -%}
    {%- set proposal = tokumei.best_nodes(lattice, asked) -%}
    {%- set seconds = (modules.datetime.datetime.now() - started).total_seconds() -%}
    {%- do tokumei.drop_lattice(lattice) -%}
    {%- do tokumei.run_statement('drop table ' ~ read['combinations']) -%}
    {%- do proposal.update({'ladders': ladders, 'asked': asked, 'seconds': seconds}) -%}
    {{- return(proposal) -}}
{%- endmacro %}

{#- The mart with its quasi-identifiers as they are before any level is chosen, and nothing else. -#}
{% macro _base_policy(policy, ladders) -%}
    {%- set columns = [] -%}
    {%- for ladder in ladders -%}
        {%- set column = policy['columns'] | selectattr('name', 'equalto', ladder['column']) | first -%}
        {%- do columns.append(dict(column, steps=ladder['base'] or [{'name': 'keep', 'arguments': {}, 'whole_column': false}])) -%}
    {%- endfor -%}
    {{- return(dict(policy, columns=columns, max_history=none, hide_places=none)) -}}
{%- endmacro %}

{#- Every combination of base values once, with its number of records. -#}
{% macro _read_combinations(policy, ladders) -%}
    {%- set shape = tokumei._shape(policy) -%}
    {%- set at = {'origin': tokumei._parent_relation(policy['source']['unique_id']) | string, 'lookups': tokumei._lookup_relations(policy), 'maps': {}, 'noises': {}, 'swaps': {}} -%}
    {%- do at.update({'source': tokumei._inline(tokumei.stage_source(policy, at))}) -%}
    {%- for column in shape['maps'] -%}
        {%- do at['maps'].update({column['name']: tokumei._inline(tokumei.lookup_map(policy, column, at))}) -%}
    {%- endfor -%}
    {%- set facts = tokumei._count_source(policy, at) -%}
    {%- set values = tokumei.treatment_plan(policy)['values'] -%}
    {%- for ladder in ladders -%}
        {%- do ladder.update({'type': values[ladder['column']].type}) -%}
    {%- endfor -%}
    {%- do at.update({'treated': tokumei._inline(tokumei.stage_treated(policy, at, shape))}) -%}
    {%- set unique = facts['records_in'] == facts['subjects_in'] -%}
    {%- set combinations = tokumei.sql_stage(policy['mart'], 'search_combinations') -%}
    {%- do tokumei.run_statement(tokumei.sql_create_stage(combinations, tokumei.stage_combinations(policy, at, shape, unique))) -%}
    {{- return({'combinations': combinations, 'unique': unique, 'lookups': at['lookups']}) -}}
{%- endmacro %}
