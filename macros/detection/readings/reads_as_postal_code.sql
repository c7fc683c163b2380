{#- 郵便番号: three digits, a hyphen, four digits. Of a place; an office's own code singles out one organisation. -#}
{% macro reads_as_postal_code(value) -%}
    {{- return({'form': 'length(' ~ value.written ~ ') between 8 and 12 and ' ~ tokumei.sql_matches(value.written, '^〒? ?[0-9]{3} ?' ~ tokumei._hyphen() ~ ' ?[0-9]{4}$'), 'passes': 'true'}) -}}
{%- endmacro %}
