{#- Whole-column steps give no expression of their own: they say which values go into the column's suppressed pool, which
    the stage `recoded` fills so that it never names what it hides. -#}
{% macro step_suppress_rare(arguments, policy) -%}
    {{- return({'below': arguments['below'], 'list': none, 'replace_with': arguments.get('replace_with')}) -}}
{%- endmacro %}
