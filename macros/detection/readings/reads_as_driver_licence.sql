{#- 運転免許証: 12 digits, the eleventh a check digit; the last counts reissues (unofficial source). -#}
{% macro reads_as_driver_licence(value) -%}
    {{- return({
        'form': 'length(' ~ value.digits ~ ') = 12',
        'passes': tokumei._digit(value.digits, 11) ~ ' = (11 - ' ~ tokumei._weighted(value.digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) ~ ' % 11) % 10',
    }) -}}
{%- endmacro %}
