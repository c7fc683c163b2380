{#- An e-mail address, also inside a longer text. -#}
{% macro reads_as_email(value) -%}
    {%- set pattern = "[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*[.][a-z]{2,}" -%}
    {{- return({
        'form': tokumei.sql_strpos(value.written, "'@'") ~ ' > 0',
        'passes': tokumei.sql_matches(value.written, pattern),
    }) -}}
{%- endmacro %}
