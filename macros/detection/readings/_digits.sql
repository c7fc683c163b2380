{#- One digit of a text of digits as a number. -#}
{% macro _digit(digits, place) -%}
    {{- return('(ascii(substr(' ~ digits ~ ', ' ~ place ~ ', 1)) - 48)') -}}
{%- endmacro %}

{#- The digits from the first on, each times its weight, added up. -#}
{% macro _weighted(digits, weights) -%}
    {%- set terms = [] -%}
    {%- for weight in weights if weight -%}
        {%- set digit = tokumei._digit(digits, loop.index + (1 if weights[0] == 0 else 0)) -%}
        {%- do terms.append(digit if weight == 1 else weight ~ ' * ' ~ digit) -%}
    {%- endfor -%}
    {{- return('(' ~ terms | join(' + ') ~ ')') -}}
{%- endmacro %}

{#- Whether up to 19 digits satisfy Luhn (ISO/IEC 7812-1 annex B): every second from the right counts double, its digits
    added up, which is its place in 0516273849. Zeros in front change nothing. -#}
{% macro _luhn(digits) -%}
    {%- set text = 'lpad(' ~ digits ~ ", 19, '0')" -%}
    {%- set terms = [] -%}
    {%- for place in range(1, 20) -%}
        {%- set digit = 'substr(' ~ text ~ ', ' ~ place ~ ', 1)' -%}
        {%- do terms.append(tokumei.sql_strpos("'0516273849'" if place % 2 == 0 else "'0123456789'", digit) ~ ' - 1') -%}
    {%- endfor -%}
    {{- return('(' ~ terms | join(' + ') ~ ') % 10 = 0') -}}
{%- endmacro %}

{#- What people type between numbers. -#}
{% macro _hyphen() -%}
    {{- return('[-‐‑‒–—―−ー]') -}}
{%- endmacro %}
