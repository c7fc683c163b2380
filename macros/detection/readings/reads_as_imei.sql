{#- IMEI: 15 digits; Luhn. A card number of 15 digits reads the same. -#}
{% macro reads_as_imei(value) -%}
    {{- return({'form': 'length(' ~ value.digits ~ ') = 15', 'passes': value.luhn}) -}}
{%- endmacro %}
