{#- 基礎年金番号: four digits, a hyphen, six digits. Without the hyphen it is any number of ten digits. -#}
{% macro reads_as_pension_number(value) -%}
    {{- return({'form': 'length(' ~ value.written ~ ') between 11 and 13 and ' ~ tokumei.sql_matches(value.written, '^[0-9]{4} ?' ~ tokumei._hyphen() ~ ' ?[0-9]{6}$'), 'passes': 'true'}) -}}
{%- endmacro %}
