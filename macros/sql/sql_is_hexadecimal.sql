{#- Whether a text is lower-case hexadecimal throughout, each engine's fastest way: asked of every pseudonym. -#}
{% macro sql_is_hexadecimal(expression) -%}
    {{- return(adapter.dispatch('sql_is_hexadecimal', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro default__sql_is_hexadecimal(expression) -%}
    {{- return("regexp_full_match(" ~ expression ~ ", '[0-9a-f]+')") -}}
{%- endmacro %}

{#- PostgreSQL's regular expressions take twice as long as trimming every allowed character away. -#}
{% macro postgres__sql_is_hexadecimal(expression) -%}
    {{- return("ltrim(" ~ expression ~ ", '0123456789abcdef') = ''") -}}
{%- endmacro %}
