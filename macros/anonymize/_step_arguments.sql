{% macro _step_arguments(column, step) -%}
    {{- return((column['steps'] | selectattr('name', 'equalto', step) | first)['arguments']) -}}
{%- endmacro %}
