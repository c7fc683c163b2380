{#- A text in which what a pattern finds is another text (\1 for its first group). The pattern is bound to the beginning or
    the end of the text, since engines differ in whether they replace once or everywhere. -#}
{% macro sql_replaced(expression, pattern, replacement) -%}
    {{- return(adapter.dispatch('sql_replaced', 'tokumei')(expression, pattern, replacement)) -}}
{%- endmacro %}

{% macro default__sql_replaced(expression, pattern, replacement) -%}
    {{- return('regexp_replace(' ~ expression ~ ", '" ~ pattern ~ "', '" ~ replacement ~ "')") -}}
{%- endmacro %}

{% macro spark__sql_replaced(expression, pattern, replacement) -%}
    {{- return(
        'regexp_replace(' ~ expression ~ ', ' ~ tokumei.sql_literal(tokumei._java_pattern(pattern)) ~ ', '
        ~ tokumei.sql_literal(modules.re.sub('\\\\([0-9])', '$\\1', replacement)) ~ ')'
    ) -}}
{%- endmacro %}

{#- Java's $ also stands before a last line break; that of the others at the very end alone. -#}
{% macro _java_pattern(pattern) -%}
    {%- set pieces = [] -%}
    {%- for piece in modules.re.findall('\\\\[\\s\\S]|\\[(?:\\\\[\\s\\S]|[^\\]\\\\])*\\]|[\\s\\S]', pattern) -%}
        {%- do pieces.append('\\z' if piece == '$' else piece) -%}
    {%- endfor -%}
    {{- return(pieces | join) -}}
{%- endmacro %}
