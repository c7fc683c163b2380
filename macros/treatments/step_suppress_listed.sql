{#- Values that are peculiar in themselves (規則34条4号), whoever and how many hold them. -#}
{% macro step_suppress_listed(arguments, policy, column) -%}
    {{- return({'kind': 'pool', 'list': arguments['list'], 'replace_with': arguments.get('replace_with')}) -}}
{%- endmacro %}
