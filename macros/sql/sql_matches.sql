{% macro sql_matches(expression, pattern) -%}
    {{- return(adapter.dispatch('sql_matches', 'tokumei')(expression, pattern)) -}}
{%- endmacro %}

{% macro duckdb__sql_matches(expression, pattern) -%}
    {{- return('regexp_matches(' ~ expression ~ ', ' ~ tokumei.sql_literal(pattern) ~ ')') -}}
{%- endmacro %}

{% macro postgres__sql_matches(expression, pattern) -%}
    {{- return('(' ~ expression ~ ' ~ ' ~ tokumei.sql_literal(pattern) ~ ')') -}}
{%- endmacro %}

{% macro spark__sql_matches(expression, pattern) -%}
    {{- return('(' ~ expression ~ ' rlike ' ~ tokumei.sql_literal(tokumei._java_pattern(pattern)) ~ ')') -}}
{%- endmacro %}
