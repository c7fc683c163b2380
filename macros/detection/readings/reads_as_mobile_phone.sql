{#- 携帯電話: 0[6-9]0 and 8 digits; as a number, without the leading zero. +81 was read as 0. -#}
{% macro reads_as_mobile_phone(value) -%}
    {{- return({
        'form': 'length(' ~ value.digits ~ ') in (10, 11)',
        'passes': tokumei.sql_matches(value.digits, '^(0[6-9]0[0-9]{8}|[6-9]0[1-9][0-9]{7})$'),
    }) -}}
{%- endmacro %}
