{#- The texts of a group one behind the other, in the byte order of themselves or of another text. -#}
{% macro sql_join_rows(expression, between='', order=none) -%}
    {{- return(adapter.dispatch('sql_join_rows', 'tokumei')(expression, tokumei.sql_literal(between), tokumei.sql_text_order(order or expression))) -}}
{%- endmacro %}

{% macro default__sql_join_rows(expression, between, order) -%}
    {{- return('string_agg(' ~ expression ~ ', ' ~ between ~ ' order by ' ~ order ~ ')') -}}
{%- endmacro %}

{% macro spark__sql_join_rows(expression, between, order) -%}
    {{- return('string_agg(' ~ expression ~ ', ' ~ between ~ ') within group (order by ' ~ order ~ ')') -}}
{%- endmacro %}
