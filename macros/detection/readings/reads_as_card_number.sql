{#- Card number: 13 to 19 digits; Luhn (ISO/IEC 7812-1). -#}
{% macro reads_as_card_number(value) -%}
    {{- return({'form': 'length(' ~ value.digits ~ ') between 13 and 19', 'passes': value.luhn}) -}}
{%- endmacro %}
