{#- 市区町村コード (JIS X 0402 with its check digit): 6 digits. Of a place, not of a person. -#}
{% macro reads_as_municipality_code(value) -%}
    {{- return({
        'form': 'length(' ~ value.digits ~ ') = 6',
        'passes': tokumei._digit(value.digits, 6) ~ ' = (11 - ' ~ tokumei._weighted(value.digits, [6, 5, 4, 3, 2]) ~ ' % 11) % 10',
    }) -}}
{%- endmacro %}
