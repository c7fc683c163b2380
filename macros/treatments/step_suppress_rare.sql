{#- Whole-column steps give no expression of their own: they say how the stage `recoded` is to replace values, here by one
    suppressed pool that never names what it hides. -#}
{% macro step_suppress_rare(arguments, policy, column) -%}
    {{- return({
        'kind': 'pool', 'below': arguments['below'], 'threshold': arguments['below'], 'replace_with': arguments.get('replace_with'),
    }) -}}
{%- endmacro %}
