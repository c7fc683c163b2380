{#- The SQL of one column of a mart: its steps applied in order. Whole-column steps are left to the stage `recoded`. -#}
{% macro treat(policy, column) -%}
    {%- set scene = {'policy': policy, 'column': column['name'], 'from': column['from']} -%}
    {%- set state = namespace(value=tokumei._first_value(policy, column)) -%}
    {%- for step in column['steps'] if not step['whole_column'] -%}
        {%- set state.value = tokumei['step_' ~ step['name']](state.value, step['arguments'], scene) -%}
    {%- endfor -%}
    {{- return(state.value) -}}
{%- endmacro %}

{% macro _first_value(policy, column) -%}
    {%- set wanted = tokumei._wanted(column['steps'][0]) if column['steps'] else none -%}
    {{- return(tokumei._source_value(policy, column['from'], wanted)) -}}
{%- endmacro %}
