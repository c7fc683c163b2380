{#- A number as a person writes it, on every engine alike: without the zeros that its type adds behind the point. -#}
{% macro sql_number_text(expression) -%}
    {{- return(adapter.dispatch('sql_number_text', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro default__sql_number_text(expression) -%}
    {{- return(tokumei.sql_replaced(tokumei.sql_text(expression), '([.][0-9]*[1-9])0+$|[.]0+$', '\\1')) -}}
{%- endmacro %}

{#- PostgreSQL turns to exponents at 10^15, the others at 10^16: an id of 16 digits would read 1.23e+15 here alone. -#}
{% macro postgres__sql_number_text(expression) -%}
    {%- set text = tokumei.sql_text(expression) -%}
    {{- return(
        'case when ' ~ text ~ " like '%e+15' then cast(cast(" ~ text ~ ' as numeric) as text) else '
        ~ tokumei.default__sql_number_text(expression) ~ ' end'
    ) -}}
{%- endmacro %}

{#- Spark writes floating-point numbers with an exponent from 10^7 on and below 10^-3, as 1.0E7. -#}
{% macro spark__sql_number_text(expression) -%}
    {%- set text = tokumei.sql_text(expression) -%}
    {%- set zeros = '([.][0-9]*[1-9])0+$|[.]0+$' -%}
    {%- set exponent = 'cast(split_part(' ~ text ~ ", 'E', 2) as int)" -%}
    {{- return(
        'case when ' ~ tokumei.sql_strpos(text, "'E'") ~ ' = 0 then ' ~ tokumei.sql_replaced(text, zeros, '\\1') ~ ' when ' ~ exponent
        ~ ' between -4 and 15 then ' ~ tokumei.sql_replaced(tokumei.sql_text('cast(' ~ text ~ ' as decimal(38, 22))'), zeros, '\\1') ~ ' else '
        ~ tokumei.sql_replaced("split_part(" ~ text ~ ", 'E', 1)", zeros, '\\1') ~ " || case when " ~ exponent ~ " < 0 then 'e-' else 'e+' end || lpad("
        ~ tokumei.sql_text('abs(' ~ exponent ~ ')') ~ ", greatest(length(" ~ tokumei.sql_text('abs(' ~ exponent ~ ')') ~ "), 2), '0') end"
    ) -}}
{%- endmacro %}
