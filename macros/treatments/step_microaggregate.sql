{#- Records form groups of at least k subjects that are alike in the columns taken together; each shows its group's mean,
    median or medoid. Gives no SQL: the stages group_… do it. -#}
{% macro step_microaggregate(arguments, policy, column) -%}
    {%- set together = [column['name']] + (arguments.get('with') or []) -%}
    {%- set columns = policy['columns'] | map(attribute='name') | select('in', together) | list -%}
    {%- set by = arguments.get('by') -%}
    {{- return({
        'kind': 'group',
        'name': columns[0],
        'columns': columns,
        'keys': columns + ([by] if by is not none else []),
        'by': by,
        'k': arguments['k'],
        'threshold': arguments['k'],
        'least': 1,
        'representative': arguments.get('representative') or 'mean',
    }) -}}
{%- endmacro %}
