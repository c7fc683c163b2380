{#- The labels above what a column shows: of its `ladder`, or the coarser levels of the hierarchy it was looked up in; none
    where there are none. `from` is the column of the hierarchy that holds what is shown. -#}
{% macro _ladder_above(policy, column) -%}
    {%- set ladder = column.get('ladder') -%}
    {%- if ladder -%}
        {{- return({'hierarchy': ladder['hierarchy'], 'from': 'value', 'levels': tokumei._levels(policy, ladder)}) -}}
    {%- endif -%}
    {%- set steps = column['steps'] | rejectattr('name', 'in', ['keep', 'swap']) | list -%}
    {%- for step in steps[-1:] if step['name'] == 'lookup' -%}
        {%- set levels = tokumei._levels(policy, step['arguments']) -%}
        {%- set to = step['arguments']['to'] -%}
        {%- if to in levels -%}
            {{- return({'hierarchy': step['arguments']['hierarchy'], 'from': to, 'levels': levels[levels.index(to) + 1:]}) -}}
        {%- endif -%}
    {%- endfor -%}
    {{- return(none) -}}
{%- endmacro %}
