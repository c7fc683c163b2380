{#- What microaggregate steps of several columns say of each other. -#}
{% macro _check_microaggregate(errors, policy) -%}
    {%- set steps = {} -%}
    {%- set others = {} -%}
    {%- for column in policy['columns'] -%}
        {%- do others.update({column['name']: column}) -%}
        {%- for step in column['steps'] if step['name'] == 'microaggregate' -%}
            {%- do steps.update({column['name']: step['arguments']}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for name, arguments in steps.items() -%}
        {%- set with = arguments.get('with') -%}
        {%- set with = with if with is sequence and with is not string and with is not mapping else [] -%}
        {%- for other in with if other is string -%}
            {%- if other == name or other not in steps -%}
                {%- do tokumei._policy_error(errors, policy['mart'], name, 'microaggregate: with', other, 'other columns of the mart with a microaggregate step', 'steps/microaggregate.md') -%}
            {%- elif tokumei._group_declared(other, steps[other]) != tokumei._group_declared(name, arguments) -%}
                {%- do tokumei._policy_error(errors, policy['mart'], name, 'columns aggregated together name each other in with, and agree in k, by and representative', name ~ ' and ' ~ other ~ ' do not', none, 'steps/microaggregate.md') -%}
            {%- endif -%}
        {%- endfor -%}
        {%- set by = arguments.get('by') -%}
        {%- if by is string and (by not in others or by in steps or others[by]['pseudonym']) -%}
            {%- do tokumei._policy_error(errors, policy['mart'], name, 'microaggregate: by', by, 'a column of the mart that is neither microaggregated nor a pseudonym', 'steps/microaggregate.md') -%}
        {%- endif -%}
        {%- set order = arguments.get('order') -%}
        {%- set mean = arguments.get('representative', 'mean') == 'mean' -%}
        {%- if order is sequence and order is not string and ((order | length) < 2 or (order | unique | list | length) != (order | length)) -%}
            {%- do tokumei._policy_error(errors, policy['mart'], name, 'microaggregate: order', order | length ~ ' texts', 'two different texts or more, from low to high', 'steps/microaggregate.md') -%}
        {%- elif order is not none and mean -%}
            {%- do tokumei._policy_error(errors, policy['mart'], name, 'microaggregate: texts have no mean', 'order', 'representative: median, or medoid', 'steps/microaggregate.md') -%}
        {%- endif -%}
        {%- if arguments.get('unit') is not none and not mean -%}
            {%- do tokumei._policy_error(errors, policy['mart'], name, 'microaggregate: unit is the grid of a mean', 'unit', 'representative: mean', 'steps/microaggregate.md') -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}

{#- What all columns of one group declare alike. -#}
{% macro _group_declared(name, arguments) -%}
    {%- set with = arguments.get('with') -%}
    {%- set with = with if with is sequence and with is not string and with is not mapping else [] -%}
    {{- return([
        ([name] + with) | map('string') | sort | list, arguments.get('k') | string, arguments.get('by') | string,
        arguments.get('representative', 'mean') | string,
    ]) -}}
{%- endmacro %}
