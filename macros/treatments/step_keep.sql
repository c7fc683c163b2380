{% macro step_keep(value, arguments, scene) -%}
    {{- return(value) -}}
{%- endmacro %}
