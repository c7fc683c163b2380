{#- 保険者番号: 8 digits, of 国民健康保険 6; Luhn. -#}
{% macro reads_as_insurer_number(value) -%}
    {{- return({'form': 'length(' ~ value.digits ~ ') in (6, 8)', 'passes': value.luhn}) -}}
{%- endmacro %}
