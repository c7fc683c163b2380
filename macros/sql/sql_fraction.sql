{#- A number with a point, to be divided and averaged without being rounded. -#}
{% macro sql_fraction(number) -%}
    {{- return(adapter.dispatch('sql_fraction', 'tokumei')(number)) -}}
{%- endmacro %}

{% macro default__sql_fraction(number) -%}
    {{- return(number) -}}
{%- endmacro %}

{#- A decimal of Spark's keeps four more digits in a mean, and six in a quotient. -#}
{% macro spark__sql_fraction(number) -%}
    {{- return(number ~ 'D') -}}
{%- endmacro %}
