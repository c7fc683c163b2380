{#- Line breaks as spaces, so that `.` and `$` of a pattern mean the same on every engine. -#}
{% macro sql_one_line(expression) -%}
    {{- return(adapter.dispatch('sql_one_line', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro default__sql_one_line(expression) -%}
    {{- return('translate(' ~ expression ~ ", chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || chr(8232) || chr(8233), '       ')") -}}
{%- endmacro %}

{#- chr() of Spark ends at 255. -#}
{% macro spark__sql_one_line(expression) -%}
    {{- return('translate(' ~ expression ~ ", '\\u000A\\u000B\\u000C\\u000D\\u0085\\u2028\\u2029', '       ')") -}}
{%- endmacro %}
