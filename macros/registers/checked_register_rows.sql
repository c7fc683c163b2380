{#- The rows of a register in which nothing is wrong; otherwise one error with everything that is. Read once: what is judged
    is what is given. -#}
{% macro checked_register_rows(name) -%}
    {%- set read = tokumei._read_register(name) -%}
    {%- set findings = tokumei._findings_in(name, read) -%}
    {%- if findings -%}
        {%- do exceptions.raise_compiler_error('\n' ~ tokumei._finding_texts(findings) | join('\n')) -%}
    {%- endif -%}
    {{- return(read['rows']) -}}
{%- endmacro %}
