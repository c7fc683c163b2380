{#- Line breaks as spaces, so that `.` and `$` of a pattern mean the same on every engine. -#}
{% macro sql_one_line(expression) -%}
    {{- return('translate(' ~ expression ~ ", chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || chr(8232) || chr(8233), '       ')") -}}
{%- endmacro %}
