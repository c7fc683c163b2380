{#- 雇用保険被保険者番号: 4-6-1 digits. Without hyphens it is any number of eleven digits. -#}
{% macro reads_as_employment_insurance(value) -%}
    {%- set hyphen = ' ?' ~ tokumei._hyphen() ~ ' ?' -%}
    {{- return({'form': 'length(' ~ value.written ~ ') between 13 and 17 and ' ~ tokumei.sql_matches(value.written, '^[0-9]{4}' ~ hyphen ~ '[0-9]{6}' ~ hyphen ~ '[0-9]$'), 'passes': 'true'}) -}}
{%- endmacro %}
