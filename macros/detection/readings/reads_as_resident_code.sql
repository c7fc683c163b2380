{#- 住民票コード: 11 digits; the rule of マイナンバー agrees with samples, the notice was not read. -#}
{% macro reads_as_resident_code(value) -%}
    {{- return({
        'form': 'length(' ~ value.digits ~ ') = 11',
        'passes': tokumei._digit(value.digits, 11) ~ ' = (11 - ' ~ tokumei._weighted(value.digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) ~ ' % 11) % 11 % 10',
    }) -}}
{%- endmacro %}
