{#- マイナンバー: 12 digits; 総務省令85号5条. -#}
{% macro reads_as_my_number(value) -%}
    {{- return({
        'form': 'length(' ~ value.digits ~ ') = 12',
        'passes': tokumei._digit(value.digits, 12) ~ ' = (11 - ' ~ tokumei._weighted(value.digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) ~ ' % 11) % 11 % 10',
    }) -}}
{%- endmacro %}
