{#- The earth as a sphere of 6371008.8 m (IUGG mean radius), in whole micro-degrees north of the south pole and east of the date line,
    cut into bands of latitude at least `within` high, each cut into columns at least about `within` wide. Whole numbers, so
    that every engine finds the same cells. -#}
{% macro _band(north, within) -%}
    {{- return('cast(floor(cast(' ~ north ~ ' as ' ~ tokumei.sql_type('double precision') ~ ') / ' ~ tokumei._band_height(within) ~ ') as bigint)') -}}
{%- endmacro %}

{% macro _band_height(within) -%}
    {{- return((within / tokumei._metres()) | round(0, 'ceil') | int) -}}
{%- endmacro %}

{#- Of one micro-degree on a great circle. -#}
{% macro _metres() -%}
    {{- return(0.11119508) -}}
{%- endmacro %}

{#- How many columns a band has. -#}
{% macro _columns_of(band, within) -%}
    {{- return(
        'cast(greatest(1, floor(40030229 * cos(radians(cast(2 * ' ~ band ~ ' + 1 as ' ~ tokumei.sql_type('double precision') ~ ') * ' ~ tokumei._band_height(within) ~ ' / 2000000 - 90)) / '
        ~ within ~ ')) as bigint)'
    ) -}}
{%- endmacro %}

{% macro _column(east, columns) -%}
    {{- return('cast(floor(cast(' ~ east ~ ' * ' ~ columns ~ ' as ' ~ tokumei.sql_type('double precision') ~ ') / 360000000) as bigint)') -}}
{%- endmacro %}

{#- A column so many further east, past the date line too. -#}
{% macro _column_beside(column, shift, columns) -%}
    {{- return('mod(' ~ column ~ ' + ' ~ shift ~ ' + 5 * ' ~ columns ~ ', ' ~ columns ~ ')') -}}
{%- endmacro %}

{#- Whether two points are so many metres apart, or less; to the square metre, so that no last bit decides. -#}
{% macro _is_near(one, other, metres) -%}
    {%- set north = one ~ '.tokumei_north - ' ~ other ~ '.tokumei_north' -%}
    {%- set east = 'abs(' ~ one ~ '.tokumei_east - ' ~ other ~ '.tokumei_east)' -%}
    {%- set middle = 'cast(' ~ one ~ '.tokumei_north + ' ~ other ~ '.tokumei_north as ' ~ tokumei.sql_type('double precision') ~ ') / 2000000 - 90' -%}
    {{- return(
        'floor(\n        power(cast(' ~ north ~ ' as ' ~ tokumei.sql_type('double precision') ~ ') * ' ~ tokumei._metres() ~ ', 2)\n        + power(cast(least(' ~ east
        ~ ', 360000000 - ' ~ east ~ ') as ' ~ tokumei.sql_type('double precision') ~ ') * ' ~ tokumei._metres() ~ ' * cos(radians(' ~ middle
        ~ ')), 2)\n        + 0.5\n    ) <= ' ~ (metres * metres) | round | int
    ) -}}
{%- endmacro %}

{#- Steps from -reach to reach in both directions, as a relation. -#}
{% macro _shifts(reach) -%}
    {%- set rows = [] -%}
    {%- for north in range(-reach, reach + 1) -%}
        {%- for east in range(-reach, reach + 1) -%}{%- do rows.append('(' ~ north ~ ', ' ~ east ~ ')') -%}{%- endfor -%}
    {%- endfor -%}
    {{- return('(values ' ~ rows | join(', ') ~ ') as shifted (north, east)') -}}
{%- endmacro %}
