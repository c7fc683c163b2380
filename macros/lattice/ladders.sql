{#- The levels that each quasi-identifier of a mart can be shown at, from fine to coarse. `base` are the steps before any
    level; a rung is {name, treat, kind, argument}: what a policy says for it and how it is computed from the base. The
    first rung shows the base as it is, the last one nothing. -#}
{% macro ladders(policy) -%}
    {%- set ladders = [] -%}
    {%- for column in policy['columns'] if column['quasi_identifier'] -%}
        {%- do ladders.append(tokumei._ladder(policy, column)) -%}
    {%- endfor -%}
    {{- return(ladders) -}}
{%- endmacro %}

{#- Declared, or of the kind that the column's own steps have. -#}
{% macro _ladder(policy, column) -%}
    {%- set declared = column.get('ladder') or {} -%}
    {%- set split = tokumei._ladder_split(column['steps']) -%}
    {%- set kind = ['hierarchy', 'band', 'truncate', 'prefix', 'mesh'] | select('in', declared) | first | default(split['kind'], true) -%}
    {%- set ladder = {
        'column': column['name'],
        'from': column['from'],
        'base': split['base'],
        'after': split['after'] if kind == split['kind'] else [],
        'kind': kind,
        'hierarchy': none,
        'weight': declared.get('weight', 1),
        'lowest': declared.get('lowest'),
        'highest': declared.get('highest'),
    } -%}
    {%- if kind == 'hierarchy' -%}
        {%- set asked = {'hierarchy': declared.get('hierarchy') or split['step']['arguments'].get('hierarchy'), 'levels': declared.get('levels') or (split['step'] or {'arguments': {}})['arguments'].get('levels')} -%}
        {%- do ladder.update({'hierarchy': asked['hierarchy'], 'levels': tokumei._hierarchy_levels(policy, asked)}) -%}
    {%- endif -%}
    {%- do ladder.update({'rungs': tokumei._rungs(ladder, declared, split['step'])}) -%}
    {{- return(ladder) -}}
{%- endmacro %}

{#- The steps of a column before the one that chooses its level, that step, and those after it. -#}
{% macro _ladder_split(steps) -%}
    {%- set kinds = {'lookup': 'hierarchy', 'generalize_rare': 'hierarchy', 'band': 'band', 'truncate': 'truncate', 'prefix': 'prefix', 'mesh': 'mesh'} -%}
    {%- set split = {'base': [], 'kind': none, 'step': none, 'after': []} -%}
    {%- for step in steps if step['name'] != 'keep' -%}
        {%- if split['kind'] is none and step['name'] in kinds and not step['arguments'].get('edges') -%}
            {%- do split.update({'kind': kinds[step['name']], 'step': step}) -%}
        {%- elif split['kind'] is not none or step['whole_column'] or step['name'] in ['swap', 'add_noise'] -%}
            {%- do split['after'].append(step['name']) -%}
        {%- else -%}
            {%- do split['base'].append(step) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(split) -}}
{%- endmacro %}

{#- The columns of a hierarchy beside `value`: named in its YAML, else as they stand in the warehouse. -#}
{% macro _hierarchy_levels(policy, asked) -%}
    {%- set levels = tokumei._levels(policy, asked) -%}
    {%- if levels -%}
        {{- return(levels) -}}
    {%- endif -%}
    {%- set lookup = policy['lookups'] | selectattr('name', 'equalto', asked['hierarchy']) | first -%}
    {%- set found = adapter.get_columns_in_relation(tokumei._parent_relation(lookup['unique_id'])) | map(attribute='name') -%}
    {{- return(found | reject('equalto', 'value') | list) -}}
{%- endmacro %}
