{#- A number. Text is read as decimal digits, full-width included; anything else is null. -#}
{% macro _as_number(value) -%}
    {%- if value.number is not none -%}
        {{- return(value.number) -}}
    {%- elif value.type in ['integer', 'number'] -%}
        {{- return(value.sql) -}}
    {%- endif -%}
    {{- return('cast(' ~ tokumei._as_decimal(value) ~ ' as ' ~ tokumei.sql_type('double precision') ~ ')') -}}
{%- endmacro %}

{% macro _as_decimal(value, type='decimal(38, 10)') -%}
    {%- if value.number is not none -%}
        {{- return(tokumei.sql_decimal(value.number, type)) -}}
    {%- elif value.type in ['integer', 'number'] -%}
        {{- return(tokumei.sql_decimal(value.sql, type)) -}}
    {%- endif -%}
    {%- set text = tokumei._written(value) -%}
    {{- return(
        'case when ' ~ tokumei.sql_matches(text, '^[+-]?[0-9]+(\\.[0-9]+)?$') ~ ' then '
        ~ tokumei.sql_try_cast(text, type) ~ ' end'
    ) -}}
{%- endmacro %}

{#- A number as text, without the zeros a type adds behind the point. -#}
{% macro _number_text(value, number) -%}
    {{- return(tokumei.sql_text(number) if value.type == 'integer' else tokumei.sql_number_text(number)) -}}
{%- endmacro %}

{#- How many decimals a number of the policy is written with. -#}
{% macro _decimals(number) -%}
    {{- return(('%.10f' | format(number)).split('.')[1].rstrip('0') | length) -}}
{%- endmacro %}
