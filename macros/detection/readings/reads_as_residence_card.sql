{#- 在留カード: two letters, eight digits, two letters. -#}
{% macro reads_as_residence_card(value) -%}
    {{- return({'form': 'length(' ~ value.written ~ ') between 12 and 14 and ' ~ tokumei.sql_matches(value.written, '^[a-z]{2}[ -]?[0-9]{8}[ -]?[a-z]{2}$'), 'passes': 'true'}) -}}
{%- endmacro %}
