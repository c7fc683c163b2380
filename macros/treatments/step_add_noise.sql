{#- The value on its grid and the step that its draw gives (see stage_noise), inside the declared bounds. -#}
{% macro step_add_noise(value, arguments, scene) -%}
    {%- set grid = tokumei._on_grid(value, arguments['unit'], nearest=true) -%}
    {%- set noised = '(' ~ grid.sql ~ ' + ' ~ tokumei._noise_name(scene['column']) ~ '.step * ' ~ tokumei._decimal_literal(arguments['unit']) ~ ')' -%}
    {%- set branches = [] -%}
    {%- for argument, sign in [['at_least', '<'], ['at_most', '>']] if arguments.get(argument) is not none -%}
        {%- set bound = tokumei._decimal_literal(arguments[argument]) -%}
        {%- do branches.append('when ' ~ noised ~ ' ' ~ sign ~ ' ' ~ bound ~ ' then ' ~ bound) -%}
    {%- endfor -%}
    {%- set clamped = 'case ' ~ branches | join(' ') ~ ' else ' ~ noised ~ ' end' if branches else noised -%}
    {%- if grid.type == 'integer' -%}
        {{- return(tokumei._value('cast(' ~ clamped ~ ' as bigint)', 'integer')) -}}
    {%- endif -%}
    {{- return(tokumei._value('cast(' ~ clamped ~ ' as decimal(38, ' ~ tokumei._decimals(arguments['unit']) ~ '))', 'number')) -}}
{%- endmacro %}

{% macro _noise_name(column) -%}
    {{- return(tokumei.sql_identifier('noise_' ~ column)) -}}
{%- endmacro %}

{#- A number of the policy without an exponent. -#}
{% macro _decimal_literal(number) -%}
    {{- return(('%.' ~ tokumei._decimals(number) ~ 'f') | format(number)) -}}
{%- endmacro %}
