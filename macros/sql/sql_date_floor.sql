{#- The first day (or, for hour, the first instant) of the period that holds the date. -#}
{% macro sql_date_floor(unit, expression) -%}
    {{- return(adapter.dispatch('sql_date_floor', 'tokumei')(unit, expression)) -}}
{%- endmacro %}

{% macro default__sql_date_floor(unit, expression) -%}
    {%- set type = 'timestamp' if unit == 'hour' else 'date' -%}
    {{- return("cast(date_trunc('" ~ unit ~ "', cast(" ~ expression ~ ' as timestamp)) as ' ~ type ~ ')') -}}
{%- endmacro %}

{#- date_trunc() goes by the zone of the session, which begin_run has seen to be UTC. -#}
{% macro spark__sql_date_floor(unit, expression) -%}
    {%- set type = tokumei.sql_type('timestamp') if unit == 'hour' else 'date' -%}
    {{- return("cast(date_trunc('" ~ unit ~ "', cast(" ~ expression ~ ' as timestamp_ntz)) as ' ~ type ~ ')') -}}
{%- endmacro %}
