{#- A number as a person writes it, on every engine alike: without the zeros that its type adds behind the point. -#}
{% macro sql_number_text(expression) -%}
    {{- return(adapter.dispatch('sql_number_text', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro default__sql_number_text(expression) -%}
    {{- return("regexp_replace(" ~ tokumei.sql_text(expression) ~ ", '([.][0-9]*[1-9])0+$|[.]0+$', '\\1')") -}}
{%- endmacro %}

{#- PostgreSQL turns to exponents at 10^15, the others at 10^16: an id of 16 digits would read 1.23e+15 here alone. -#}
{% macro postgres__sql_number_text(expression) -%}
    {%- set text = tokumei.sql_text(expression) -%}
    {{- return(
        'case when ' ~ text ~ " like '%e+15' then cast(cast(" ~ text ~ ' as numeric) as text) else '
        ~ tokumei.default__sql_number_text(expression) ~ ' end'
    ) -}}
{%- endmacro %}
