{#- What an attack came to, as findings. `measured` is a relation of the rows what, named, persons, success, base, lower
    and upper (of success over base, null where all were counted). `limit` is an SQL expression on it: judged is
    success, or success over base by its upper bound. A row that breaks its limit says `named` as well. -#}
{% macro _reported(measured, limit, over_base) -%}
{%- set excess = 'coalesce(' ~ measured ~ '.upper, ' ~ measured ~ '.success - ' ~ measured ~ '.base)' if over_base else measured ~ '.success' -%}
{%- set judged = ('upper' if over_base == 'upper' else 'advantage') if over_base else 'success' -%}
{%- set parts = [] -%}
{%- for statistic, value in [
    ['success', 'success'], ['base', 'base'], ['advantage', 'success - ' ~ measured ~ '.base'], ['lower', 'lower'], ['upper', 'upper'],
] if statistic in ['success', 'base', 'advantage'] or over_base == 'upper' -%}
    {%- set exceeded = excess ~ ' > ' ~ limit -%}
    {%- set name = measured ~ ".what || ', " ~ statistic ~ "'" -%}
    {%- do parts.append(
        'select cast(' ~ (name if statistic != judged else name ~ ' || case when ' ~ exceeded ~ " then coalesce(': ' || " ~ measured ~ ".named, '') else '' end")
        ~ ' as ' ~ tokumei.sql_type('text') ~ ') as column_name, cast(' ~ ('0' if statistic != judged else
            'case when ' ~ exceeded ~ ' then greatest(ceil((' ~ excess ~ ') * ' ~ measured ~ '.persons - 1e-9), 1) else 0 end')
        ~ ' as bigint) as violations, cast(' ~ measured ~ '.' ~ value ~ ' as ' ~ tokumei.sql_type('double precision') ~ ') as measured from ' ~ measured
    ) -%}
{%- endfor -%}
{{ parts | join('\nunion all\n') }}
{%- endmacro %}

{#- Bounds of a share by Wilson's score interval, two-sided, 95 % (z = 1.959964). -#}
{% macro _wilson(share, number, side) -%}
    {%- set spread = '1.959964 * sqrt(' ~ share ~ ' * (1 - ' ~ share ~ ') / ' ~ number ~ ' + 0.960364720324 / (' ~ tokumei._as_double(number) ~ ' * ' ~ number ~ '))' -%}
    {{- return(
        'case when ' ~ number ~ ' = 0 then ' ~ ('0' if side == 'lower' else '1') ~ ' else greatest(least((' ~ share ~ ' + 1.920729440648 / ' ~ number
        ~ (' - ' if side == 'lower' else ' + ') ~ spread ~ ') / (1 + 3.841458881296 / ' ~ number ~ '), 1), 0) end'
    ) -}}
{%- endmacro %}

{#- Bounds of the difference of two shares from their own bounds (Newcombe 1998, method 10): columns of one relation,
    success and base with success_lower and so on. -#}
{% macro _difference_bounds(alias) -%}
    {%- set near = {} -%}
    {%- for name, of, side in [['success_lower', 'success', '-'], ['success_upper', 'success', '+'], ['base_lower', 'base', '-'], ['base_upper', 'base', '+']] -%}
        {%- set distance = '(' ~ alias ~ '.' ~ name ~ ' - ' ~ alias ~ '.' ~ of ~ ')' -%}
        {%- do near.update({name: distance ~ ' * ' ~ distance}) -%}
    {%- endfor -%}
    {%- set difference = alias ~ '.success - ' ~ alias ~ '.base' -%}
    {{- return(
        difference ~ ' - sqrt(' ~ near['success_lower'] ~ ' + ' ~ near['base_upper'] ~ ') as lower,\n        '
        ~ difference ~ ' + sqrt(' ~ near['success_upper'] ~ ' + ' ~ near['base_lower'] ~ ') as upper'
    ) -}}
{%- endmacro %}

{% macro _as_double(expression) -%}
    {{- return('cast(' ~ expression ~ ' as ' ~ tokumei.sql_type('double precision') ~ ')') -}}
{%- endmacro %}
