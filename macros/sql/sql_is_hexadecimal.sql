{#- Whether a text is lower-case hexadecimal throughout, each engine's fastest way: asked of every pseudonym. -#}
{% macro sql_is_hexadecimal(expression) -%}
    {{- return(adapter.dispatch('sql_is_hexadecimal', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro default__sql_is_hexadecimal(expression) -%}
    {{- return("regexp_full_match(" ~ expression ~ ", '[0-9a-f]+')") -}}
{%- endmacro %}

{#- PostgreSQL reads hexadecimal faster than its regular expressions, or a trim of every allowed character, look at it; written
    back, it is the same text only if nothing else was in it. Null stays null. -#}
{% macro postgres__sql_is_hexadecimal(expression) -%}
    {%- set digits = "'\\x' || " ~ expression -%}
    {{- return(
        'case when ' ~ expression ~ ' is null then null when pg_input_is_valid(' ~ digits ~ ", 'bytea') then encode(cast("
        ~ digits ~ " as bytea), 'hex') = " ~ expression ~ ' else false end'
    ) -}}
{%- endmacro %}

{% macro spark__sql_is_hexadecimal(expression) -%}
    {{- return(tokumei.sql_matches(expression, '^[0-9a-f]+$')) -}}
{%- endmacro %}
