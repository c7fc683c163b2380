{#- Steps that draw by chance: their numbers, and that one source column has one noise in a dataset. -#}
{% macro _check_draws(errors, policy, column) -%}
    {%- set mart = policy['mart'] -%}
    {%- set name = column['name'] -%}
    {%- set scalar = column['steps'] | rejectattr('whole_column') | map(attribute='name') | list -%}
    {%- for step in column['steps'] if step['name'] == 'add_noise' -%}
        {%- set arguments = step['arguments'] -%}
        {%- set unit = arguments.get('unit') -%}
        {%- set scale = arguments.get('scale') -%}
        {%- if unit is number and scale is number and unit > 0 and not (0.5 <= scale / unit <= 10000) -%}
            {%- do tokumei._policy_error(errors, mart, name, 'add_noise: scale', scale, 'from half a unit to 10,000 units (' ~ unit ~ ')', 'steps/add_noise.md') -%}
        {%- endif -%}
        {%- for bound in ['at_least', 'at_most'] if unit is number and unit > 0 and arguments.get(bound) is number -%}
            {%- if (arguments[bound] / unit - (arguments[bound] / unit) | round) | abs > 0.0000001 -%}
                {%- do tokumei._policy_error(errors, mart, name, 'add_noise: ' ~ bound ~ ' is not on the grid', arguments[bound], 'a multiple of unit (' ~ unit ~ ')', 'steps/add_noise.md') -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if arguments.get('at_least') is number and arguments.get('at_most') is number and arguments['at_least'] >= arguments['at_most'] -%}
            {%- do tokumei._policy_error(errors, mart, name, 'add_noise: at_least', arguments['at_least'], 'below at_most', 'steps/add_noise.md') -%}
        {%- endif -%}
        {%- if policy['history'] is not none and arguments.get('per') is none -%}
            {%- do tokumei._policy_error(errors, mart, name, 'add_noise in a history needs per', 'nothing', ['subject', 'record'], 'steps/add_noise.md') -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for step in ['add_noise', 'swap'] if (scalar | select('equalto', step) | list | length) > 1 -%}
        {%- do tokumei._policy_error(errors, mart, name, 'a column takes one ' ~ step, 'several', none, 'steps/' ~ step ~ '.md') -%}
    {%- endfor -%}
    {%- if 'swap' in scalar and scalar[-1] != 'swap' -%}
        {%- do tokumei._policy_error(errors, mart, name, 'swap comes after the steps that treat a value', scalar[-1] ~ ' after it', none, 'steps/swap.md') -%}
    {%- endif -%}
    {%- for step in column['steps'] if step['name'] == 'swap' and step['arguments'].get('within') is none and step['arguments'].get('by') is none -%}
        {%- do tokumei._policy_error(errors, mart, name, 'swap needs within, by, or both', 'nothing', none, 'steps/swap.md') -%}
    {%- endfor -%}
{%- endmacro %}

{#- What can be seen only when all columns are known: groups are other columns of the mart, not exchanged themselves. -#}
{% macro _check_draws_together(errors, policy) -%}
    {%- for column in policy['columns'] -%}
        {%- for step in column['steps'] if step['name'] == 'swap' and step['arguments'].get('by') is not none -%}
            {%- set by = policy['columns'] | selectattr('name', 'equalto', step['arguments']['by']) | first -%}
            {%- if not by or by['pseudonym'] or 'swap' in (by['steps'] | map(attribute='name') | list) -%}
                {%- do tokumei._policy_error(errors, policy['mart'], column['name'], 'swap: by is another column of the mart, itself not swapped', step['arguments']['by'], none, 'steps/swap.md') -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set noises = tokumei._noises_of(policy) -%}
    {%- for node in tokumei.marts_of(policy['dataset']) -%}
        {%- for other in tokumei._declared_noises(node) -%}
            {%- for noise in noises if noise['from'] == other['from'] and noise['arguments'] != other['arguments'] -%}
                {%- do tokumei._policy_error(errors, policy['mart'], noise['name'], 'one source column has one noise in a dataset', 'another noise on ' ~ other['from'] ~ ' in ' ~ node['name'] ~ '.' ~ other['name'], none, 'steps/add_noise.md') -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}

{% macro _noises_of(policy) -%}
    {%- set noises = [] -%}
    {%- for column in policy['columns'] -%}
        {%- for step in column['steps'] if step['name'] == 'add_noise' -%}
            {%- do noises.append({'name': column['name'], 'from': column['from'], 'arguments': step['arguments']}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(noises) -}}
{%- endmacro %}

{#- The noise steps a mart's YAML declares, read without resolving the mart. -#}
{% macro _declared_noises(node) -%}
    {%- set noises = [] -%}
    {%- for column in node['columns'].values() -%}
        {%- set meta = tokumei._meta_of(column) -%}
        {%- set treat = meta.get('treat') -%}
        {%- set listed = [treat] if treat is mapping else treat if treat is sequence and treat is not string else [] -%}
        {%- for step in listed if step is mapping and step.get('add_noise') is mapping -%}
            {%- do noises.append({'name': column['name'], 'from': meta.get('from', column['name']), 'arguments': step['add_noise']}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(noises) -}}
{%- endmacro %}
