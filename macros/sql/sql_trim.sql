{#- Without the spaces, half- or full-width, on either side. Named: engines differ in what trim() takes for a space. -#}
{% macro sql_trim(expression) -%}
    {{- return(adapter.dispatch('sql_trim', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro default__sql_trim(expression) -%}
    {{- return("trim(" ~ expression ~ ", ' 　')") -}}
{%- endmacro %}

{#- Spark's trim() takes its arguments the other way round. -#}
{% macro spark__sql_trim(expression) -%}
    {{- return("btrim(" ~ expression ~ ", ' 　')") -}}
{%- endmacro %}
