{% macro step_round(value, arguments, scene) -%}
    {{- return(tokumei._on_grid(value, arguments['unit'], nearest=true)) -}}
{%- endmacro %}
