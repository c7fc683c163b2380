{#- Full-width digits, signs and points read as their ASCII forms (Japanese forms are often typed full-width). -#}
{% macro sql_half_width(expression) -%}
    {{- return("translate(" ~ expression ~ ", '０１２３４５６７８９．－＋／，', '0123456789.-+/,')") -}}
{%- endmacro %}
