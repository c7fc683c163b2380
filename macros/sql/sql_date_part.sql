{% macro sql_date_part(part, expression) -%}
    {{- return(adapter.dispatch('sql_date_part', 'tokumei')(part, expression)) -}}
{%- endmacro %}

{% macro default__sql_date_part(part, expression) -%}
    {{- return('cast(extract(' ~ part ~ ' from ' ~ expression ~ ') as integer)') -}}
{%- endmacro %}
