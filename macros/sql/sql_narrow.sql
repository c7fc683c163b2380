{#- A decimal of so many digits before the point, which may be multiplied by a power of ten. -#}
{% macro sql_narrow(expression, digits) -%}
    {{- return(adapter.dispatch('sql_narrow', 'tokumei')(expression, digits)) -}}
{%- endmacro %}

{% macro default__sql_narrow(expression, digits) -%}
    {{- return(expression) -}}
{%- endmacro %}

{#- A product of more than 38 digits would lose decimals without a word. -#}
{% macro spark__sql_narrow(expression, digits) -%}
    {{- return('cast(' ~ expression ~ ' as decimal(' ~ (digits + 11) ~ ', 10))') -}}
{%- endmacro %}
