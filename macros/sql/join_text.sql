{#- Codes compare without width, leading zeros and the .0 of a floating-point column: 01100, 1100 and 1100.0 are one. -#}
{% macro join_text(expression) -%}
    {{- return(
        tokumei.sql_replaced(tokumei.sql_trim(tokumei.sql_half_width(tokumei.sql_text(expression))), '^0*([1-9][0-9]*|0)(\\.0+)?$', '\\1')
    ) -}}
{%- endmacro %}
