{#- 旅券: two letters, seven digits. No check digit: any code of that form passes. -#}
{% macro reads_as_passport(value) -%}
    {{- return({'form': 'length(' ~ value.written ~ ') between 9 and 10 and ' ~ tokumei.sql_matches(value.written, '^[a-z]{2}[ -]?[0-9]{7}$'), 'passes': 'true'}) -}}
{%- endmacro %}
