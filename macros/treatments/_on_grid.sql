{#- The multiple of `unit` at or below a value (`nearest=false`), or nearest to it, halves away from zero
    (`nearest=true`). Scaled to whole numbers first, so that 0.1 lands where a person expects it on every engine.
    Numbers of 10^15 and more have no exact grid everywhere and become null. -#}
{% macro _on_grid(value, unit, nearest) -%}
    {%- set decimals = tokumei._decimals(unit) -%}
    {%- set scale = 10 ** decimals -%}
    {%- set step = (unit * scale) | round | int -%}
    {%- if value.type == 'integer' -%}
        {%- set scaled = value.sql ~ (' * ' ~ scale if decimals else '') -%}
    {%- else -%}
        {%- set decimal = tokumei._as_decimal(value) -%}
        {%- set scaled = '(case when abs(' ~ decimal ~ ') < 1000000000000000 then ' ~ decimal ~ ' end)' ~ (' * ' ~ scale if decimals else '') -%}
    {%- endif -%}
    {%- set place = 'cast(' ~ scaled ~ ' as double precision) / ' ~ step -%}
    {%- if nearest -%}
        {%- set place = 'sign(' ~ place ~ ') * floor(abs(' ~ place ~ ') + 0.5)' -%}
    {%- else -%}
        {%- set place = 'floor(' ~ place ~ ')' -%}
    {%- endif -%}
    {%- set grid = 'cast(' ~ place ~ ' as bigint) * ' ~ step -%}
    {%- if decimals == 0 -%}
        {{- return(tokumei._value('(' ~ grid ~ ')', 'integer')) -}}
    {%- endif -%}
    {{- return(tokumei._value('cast(' ~ grid ~ ' / ' ~ scale ~ '.0 as decimal(38, ' ~ decimals ~ '))', 'number')) -}}
{%- endmacro %}
