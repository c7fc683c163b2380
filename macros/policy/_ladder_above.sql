{#- The labels above what a column shows: as its `ladder` declares, else of the kind of its last step (the hierarchy it was looked
    up in, wider bands, longer periods, shorter prefixes, larger cells); none where there are none. Of a hierarchy, `from`
    is the column that holds what is shown. -#}
{% macro _ladder_above(policy, column) -%}
    {%- set ladder = column.get('ladder') or {} -%}
    {%- set kind = ['hierarchy', 'band', 'truncate', 'prefix', 'mesh'] | select('in', ladder) | first | default(none) -%}
    {%- set steps = column['steps'] | rejectattr('name', 'in', ['keep', 'swap', 'add_noise']) | list -%}
    {%- set last = steps[-1] if steps else {'name': none, 'arguments': {}} -%}
    {%- if kind == 'hierarchy' -%}
        {%- set looked_up = last['name'] == 'lookup' and last['arguments'].get('hierarchy') == ladder['hierarchy'] -%}
        {%- set levels = tokumei._levels_of_ladder(policy, ladder) -%}
        {%- set below = levels.index(last['arguments']['to']) + 1 if looked_up and last['arguments']['to'] in levels else 0 -%}
        {{- return({'kind': kind, 'declared': true, 'hierarchy': ladder['hierarchy'], 'from': last['arguments']['to'] if below else 'value', 'levels': levels[below:]}) -}}
    {%- elif kind is not none -%}
        {{- return({'kind': kind, 'declared': true, 'levels': ladder[kind]}) -}}
    {%- endif -%}
    {{- return(tokumei._ladder_of_step(policy, last['name'], last['arguments'])) -}}
{%- endmacro %}

{% macro _ladder_of_step(policy, name, arguments) -%}
    {%- if name == 'lookup' -%}
        {%- set levels = tokumei._levels_of_ladder(policy, arguments) -%}
        {%- if arguments['to'] in levels -%}
            {{- return({'kind': 'hierarchy', 'declared': false, 'hierarchy': arguments['hierarchy'], 'from': arguments['to'], 'levels': levels[levels.index(arguments['to']) + 1:]}) -}}
        {%- endif -%}
    {%- elif name == 'band' and arguments.get('width') and arguments.get('label') is none -%}
        {{- return({'kind': 'band', 'declared': false, 'levels': [2 * arguments['width'], 4 * arguments['width'], 8 * arguments['width']]}) -}}
    {%- elif name == 'truncate' -%}
        {%- set units = ['hour', 'day', 'month', 'quarter', 'year', 5, 10, 20] -%}
        {{- return({'kind': 'truncate', 'declared': false, 'levels': units[units.index(arguments['unit']) + 1:]}) -}}
    {%- elif name == 'prefix' -%}
        {{- return({'kind': 'prefix', 'declared': false, 'levels': range(arguments['characters'] - 1, 0, -1) | list}) -}}
    {%- elif name == 'mesh' -%}
        {%- set cells = ['half', 3, 2, 1] -%}
        {{- return({'kind': 'mesh', 'declared': false, 'levels': cells[cells.index(arguments['level']) + 1:]}) -}}
    {%- endif -%}
    {{- return(none) -}}
{%- endmacro %}

{#- As declared; else as they stand in the warehouse, once that was looked at. -#}
{% macro _levels_of_ladder(policy, asked) -%}
    {{- return(tokumei._levels(policy, asked) or policy.get('levels_found', {}).get(asked.get('hierarchy'), [])) -}}
{%- endmacro %}

{#- The columns of hierarchies whose YAML names none: for local recoding, where the warehouse may be looked at. -#}
{% macro read_levels(policy) -%}
    {%- set found = {} -%}
    {%- for lookup in policy['lookups'] if policy['recode'] and not lookup['columns'] | reject('equalto', 'value') | list -%}
        {%- set columns = adapter.get_columns_in_relation(tokumei._parent_relation(lookup['unique_id'])) | map(attribute='name') | list -%}
        {%- do found.update({lookup['name']: columns | reject('equalto', 'value') | list}) -%}
    {%- endfor -%}
    {%- do policy.update({'levels_found': found}) -%}
{%- endmacro %}
