{#- Values held by few subjects climb the hierarchy, one by one, until enough who climbed share a label. -#}
{% macro step_generalize_rare(arguments, policy, column) -%}
    {{- return({
        'kind': 'climb',
        'below': arguments['below'],
        'threshold': arguments['below'],
        'hierarchy': arguments['hierarchy'],
        'levels': tokumei._levels(policy, arguments),
        'replace_with': arguments.get('replace_with'),
    }) -}}
{%- endmacro %}

{#- From fine to coarse: as told, or the columns that the YAML of the hierarchy names beside `value`. -#}
{% macro _levels(policy, arguments) -%}
    {%- set lookup = policy['lookups'] | selectattr('name', 'equalto', arguments.get('hierarchy')) | first -%}
    {%- set declared = (lookup.get('columns', []) if lookup else []) | reject('equalto', 'value') | list -%}
    {{- return(arguments.get('levels') or declared) -}}
{%- endmacro %}
