{% macro step_prefix(value, arguments, scene) -%}
    {%- set text = tokumei.sql_half_width(tokumei._canonical_text(value)) -%}
    {{- return(tokumei._value('substr(' ~ text ~ ', 1, ' ~ arguments['characters'] ~ ')', 'text')) -}}
{%- endmacro %}
