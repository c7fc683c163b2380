{#- 法人番号: 13 digits, the first a check digit. Of an organisation, not of a person. -#}
{% macro reads_as_corporate_number(value) -%}
    {{- return({
        'form': 'length(' ~ value.digits ~ ') = 13',
        'passes': tokumei._digit(value.digits, 1) ~ ' = 9 - ' ~ tokumei._weighted(value.digits, [0, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]) ~ ' % 9',
    }) -}}
{%- endmacro %}
