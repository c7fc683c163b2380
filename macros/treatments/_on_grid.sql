{#- The multiple of `unit` at or below a value (`nearest=false`), or nearest to it, halves away from zero
    (`nearest=true`). Scaled to whole numbers first, so that 0.1 lands where a person expects it on every engine.
    Numbers of more than 15 digits, the decimals of the unit included, have no exact grid everywhere and become null. -#}
{% macro _on_grid(value, unit, nearest) -%}
    {%- set decimals = tokumei._decimals(unit) -%}
    {%- set scale = 10 ** decimals -%}
    {%- set step = (unit * scale) | round | int -%}
    {%- set end = 10 ** (15 - decimals) -%}
    {%- set whole = value.type == 'integer' -%}
    {%- set number = value.sql if whole else tokumei._as_decimal(value) -%}
    {%- set within = tokumei.sql_narrow('nullif(nullif(greatest(least(' ~ number ~ ', ' ~ end ~ '), -' ~ end ~ '), ' ~ end ~ '), -' ~ end ~ ')', 15 - decimals) -%}
    {%- set scaled = ('cast(' ~ within ~ ' as ' ~ tokumei.sql_type('double precision') ~ ')' if whole else within) ~ (' * ' ~ scale if decimals else '') -%}
    {%- if nearest -%}
        {%- set place = 'sign(' ~ scaled ~ ') * floor(cast(floor(abs(' ~ scaled ~ ') + ' ~ step / 2 ~ ') as ' ~ tokumei.sql_type('double precision') ~ ') / ' ~ step ~ ')' -%}
    {%- else -%}
        {%- set place = 'floor(' ~ (scaled if whole else 'cast(floor(' ~ scaled ~ ') as ' ~ tokumei.sql_type('double precision') ~ ')') ~ ' / ' ~ step ~ ')' -%}
    {%- endif -%}
    {%- set grid = 'cast(' ~ place ~ ' as bigint) * ' ~ step -%}
    {%- if decimals == 0 -%}
        {{- return(tokumei._value('(' ~ grid ~ ')', 'integer')) -}}
    {%- endif -%}
    {{- return(tokumei._value('cast(' ~ grid ~ ' / ' ~ scale ~ '.0 as decimal(38, ' ~ decimals ~ '))', 'number')) -}}
{%- endmacro %}
