{#- JIS X 0410: a cell of the first level spans two thirds of a degree of latitude and one degree of longitude, one of
    the second an eighth of it each way, of the third a tenth of that, a half mesh a half. Each digit is what a finer
    floor leaves over of the coarser one. Decimals, because a float misses the edges. -#}
{% macro step_mesh(value, arguments, scene) -%}
    {%- set lat = tokumei._source_value(scene['policy'], arguments['lat'], 'degrees').sql -%}
    {%- set lon = tokumei._source_value(scene['policy'], arguments['lon'], 'degrees').sql -%}
    {%- set digits = [
        tokumei._digits('floor(' ~ lat ~ ' * 1.5)', 2),
        tokumei._digits('floor(' ~ lon ~ ') - 100', 2),
    ] -%}
    {%- if arguments['level'] != 1 -%}
        {%- do digits.append(tokumei._digits('floor(' ~ lat ~ ' * 12) - floor(' ~ lat ~ ' * 1.5) * 8')) -%}
        {%- do digits.append(tokumei._digits('floor(' ~ lon ~ ' * 8) - floor(' ~ lon ~ ') * 8')) -%}
    {%- endif -%}
    {%- if arguments['level'] in [3, 'half'] -%}
        {%- do digits.append(tokumei._digits('floor(' ~ lat ~ ' * 120) - floor(' ~ lat ~ ' * 12) * 10')) -%}
        {%- do digits.append(tokumei._digits('floor(' ~ lon ~ ' * 80) - floor(' ~ lon ~ ' * 8) * 10')) -%}
    {%- endif -%}
    {%- if arguments['level'] == 'half' -%}
        {%- do digits.append(tokumei._digits(
            '1 + (floor(' ~ lat ~ ' * 240) - floor(' ~ lat ~ ' * 120) * 2) * 2 + floor(' ~ lon ~ ' * 160) - floor(' ~ lon ~ ' * 80) * 2'
        )) -%}
    {%- endif -%}
    {{- return(tokumei._value(
        'case when ' ~ lat ~ ' >= 0 and ' ~ lat ~ ' < 66.66 and ' ~ lon ~ ' >= 100 and ' ~ lon ~ ' < 180 then '
        ~ digits | join(' || ') ~ ' end',
        'text'
    )) -}}
{%- endmacro %}

{% macro _digits(number, width=1) -%}
    {%- set text = tokumei.sql_text('cast(' ~ number ~ ' as integer)') -%}
    {{- return('lpad(' ~ text ~ ', ' ~ width ~ ", '0')" if width > 1 else text) -}}
{%- endmacro %}

{#- What a code of the level looks like. -#}
{% macro _mesh_pattern(level) -%}
    {{- return('^[0-9]{4}' ~ ('' if level == 1 else '[0-7]{2}') ~ ('[0-9]{2}' if level in [3, 'half'] else '') ~ ('[1-4]' if level == 'half' else '') ~ '$') -}}
{%- endmacro %}
