{#- The texts of a group one behind the other, in byte order. -#}
{% macro sql_join_rows(expression) -%}
    {{- return(adapter.dispatch('sql_join_rows', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro default__sql_join_rows(expression) -%}
    {{- return('string_agg(' ~ expression ~ ", '' order by " ~ tokumei.sql_text_order(expression) ~ ')') -}}
{%- endmacro %}

{% macro spark__sql_join_rows(expression) -%}
    {{- return('string_agg(' ~ expression ~ ", '') within group (order by " ~ tokumei.sql_text_order(expression) ~ ')') -}}
{%- endmacro %}
