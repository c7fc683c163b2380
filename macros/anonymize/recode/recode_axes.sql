{#- The columns that local recoding takes together, in the mart's order: a ladder, which leads from a value by its labels to
    `*`, or a number (a date: days), which is cut at any value. `levels` counts the steps of the longest ladder. -#}
{% macro recode_axes(recode, policy) -%}
    {%- set plan = tokumei.treatment_plan(policy, recode['columns']) -%}
    {%- set axes = [] -%}
    {%- for column in policy['columns'] if column['name'] in recode['columns'] -%}
        {%- set type = plan['values'][column['name']].type -%}
        {%- set ladder = tokumei._ladder_above(policy, column) -%}
        {%- set axis = {'column': column['name'], 'number': loop.index, 'type': type, 'ladder': ladder, 'mean': column['name'] in recode['means']} -%}
        {%- if recode['method'] == 'mondrian' and not (ladder and ladder['declared']) and type in ['integer', 'number', 'date', 'timestamp'] -%}
            {%- set unit = 1 if type in ['date', 'timestamp'] else tokumei._group_unit(column, {'arguments': {}}, type) -%}
            {%- set decimals = [tokumei._decimals(unit), 6] | max if type == 'number' else 0 -%}
            {%- do axis.update({'ladder': none, 'member': {
                'column': column['name'], 'type': type, 'order': none, 'decimals': decimals,
                'grid': (unit * 10 ** decimals) | round | int, 'shown': tokumei._decimals(unit) if axis['mean'] else decimals,
            }}) -%}
        {%- endif -%}
        {%- do axes.append(axis) -%}
    {%- endfor -%}
    {{- return(axes) -}}
{%- endmacro %}
