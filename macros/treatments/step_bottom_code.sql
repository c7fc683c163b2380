{% macro step_bottom_code(value, arguments, scene) -%}
    {{- return(tokumei._bound(value, arguments, '<=')) -}}
{%- endmacro %}
