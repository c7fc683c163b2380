{% macro step_top_code(value, arguments, scene) -%}
    {{- return(tokumei._bound(value, arguments, '>=')) -}}
{%- endmacro %}
