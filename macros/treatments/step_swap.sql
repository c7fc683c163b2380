{#- The stages swap_… and swapped exchange the values once every column is treated: the step leaves them as they are. -#}
{% macro step_swap(value, arguments, scene) -%}
    {{- return(value) -}}
{%- endmacro %}
