{#- 固定電話: 0 and 9 digits, 050 and 10 digits. A number without its leading zero is any number of nine digits. -#}
{% macro reads_as_landline_phone(value) -%}
    {{- return({
        'form': 'length(' ~ value.digits ~ ') in (10, 11)',
        'passes': tokumei.sql_matches(value.digits, '^(0[1-9][1-9][0-9]{7}|0[1-9]0[1-9][0-9]{6}|050[0-9]{8})$'),
    }) -}}
{%- endmacro %}
