{#- Reads the source once, into a frequency set, and searches its lattice. -#}
{% macro search_levels(policy, ladders, asked) -%}
    {%- do tokumei.sql_create_private_schema() -%}
    {%- do tokumei.sql_commit_now() -%}
    {%- do tokumei.sql_begin_now() -%}
    {%- set started = modules.datetime.datetime.now() -%}
    {%- do tokumei.run_statement('select 1 as opened') -%}
    {%- do tokumei.sql_join_by_hash() -%}
    {%- set guarded = asked['guarded'] -%}
    {%- set base = tokumei._base_policy(policy, ladders, guarded['told']) -%}
    {%- set read = tokumei._read_combinations(base, ladders, guarded['told']) -%}
    {%- set lattice = tokumei.build_lattice(policy['mart'], ladders, read['combinations'], read['lookups'], read['unique'], read['told']) -%}
    {#- Levels chosen by sensitive values would tell of them (decision 0019): only where it was asked for. -#}
    {%- set proposal = tokumei.best_nodes(lattice, dict(asked, models=guarded['models'] if asked['with_models'] else [])) -%}
    {%- if guarded['models'] and not asked['with_models'] and proposal['best'] -%}
        {%- do proposal.update({'guarded': tokumei.evaluate_nodes(lattice, dict(asked, models=guarded['models']), proposal['best'] | map(attribute='id') | list)}) -%}
    {%- endif -%}
    {%- set seconds = (modules.datetime.datetime.now() - started).total_seconds() -%}
    {%- do tokumei.drop_lattice(lattice) -%}
    {%- do tokumei.run_statement('drop table ' ~ read['combinations']) -%}
    {%- do proposal.update({'ladders': ladders, 'asked': asked, 'seconds': seconds}) -%}
    {{- return(proposal) -}}
{%- endmacro %}

{#- The mart with its quasi-identifiers as they are before any level is chosen, with what l and t guard, and nothing else. -#}
{% macro _base_policy(policy, ladders, told) -%}
    {%- set columns = [] -%}
    {%- for ladder in ladders -%}
        {%- set column = policy['columns'] | selectattr('name', 'equalto', ladder['column']) | first -%}
        {%- do columns.append(dict(column, steps=ladder['base'] or [{'name': 'keep', 'arguments': {}, 'whole_column': false}])) -%}
    {%- endfor -%}
    {%- for column in policy['columns'] if column['name'] in told -%}
        {%- set steps = column['steps'] | rejectattr('whole_column') | rejectattr('name', 'in', ['swap', 'add_noise']) | list -%}
        {%- do columns.append(dict(column, quasi_identifier=true, steps=steps or [{'name': 'keep', 'arguments': {}, 'whole_column': false}])) -%}
    {%- endfor -%}
    {{- return(dict(policy, columns=columns, max_history=none, hide_places=none)) -}}
{%- endmacro %}

{#- Every combination of base values once, with its number of records. -#}
{% macro _read_combinations(policy, ladders, told) -%}
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
    {%- set guarded = [] -%}
    {%- for name in told -%}
        {%- set steps = (policy['columns'] | selectattr('name', 'equalto', name) | first)['steps'] -%}
        {%- do guarded.append({'column': name, 'type': values[name].type, 'rests': steps | map(attribute='arguments') | selectattr('rest', 'defined') | map(attribute='rest') | list}) -%}
    {%- endfor -%}
    {{- return({'combinations': combinations, 'unique': unique, 'lookups': at['lookups'], 'told': guarded}) -}}
{%- endmacro %}
