{#- The rows of a register in which nothing is wrong; otherwise one error with everything that is. -#}
{% macro checked_register_rows(name) -%}
    {%- set problems = tokumei.register_problems(name) -%}
    {%- if problems -%}
        {%- do exceptions.raise_compiler_error('\n' ~ problems | join('\n')) -%}
    {%- endif -%}
    {{- return(tokumei.register_rows(name)) -}}
{%- endmacro %}
