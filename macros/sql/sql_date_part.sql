{% macro sql_date_part(part, expression) -%}
    {{- return(adapter.dispatch('sql_date_part', 'tokumei')(part, expression)) -}}
{%- endmacro %}

{% macro default__sql_date_part(part, expression) -%}
    {{- return('cast(extract(' ~ part ~ ' from ' ~ expression ~ ') as integer)') -}}
{%- endmacro %}

{% macro spark__sql_date_part(part, expression) -%}
    {{- return('cast(extract(' ~ ('dayofweek_iso' if part == 'isodow' else part) ~ ' from ' ~ expression ~ ') as int)') -}}
{%- endmacro %}
