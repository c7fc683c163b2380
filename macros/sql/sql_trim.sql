{#- Without the spaces, half- or full-width, on either side. Named: engines differ in what trim() takes for a space. -#}
{% macro sql_trim(expression) -%}
    {{- return("trim(" ~ expression ~ ", ' 　')") -}}
{%- endmacro %}
