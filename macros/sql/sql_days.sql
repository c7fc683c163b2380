{#- Days since 1970-01-01, and the date that many days later. -#}
{% macro sql_days(date) -%}
    {{- return(adapter.dispatch('sql_days', 'tokumei')(date)) -}}
{%- endmacro %}

{% macro default__sql_days(date) -%}
    {{- return("(" ~ date ~ " - date '1970-01-01')") -}}
{%- endmacro %}

{% macro sql_date_of_days(days) -%}
    {{- return(adapter.dispatch('sql_date_of_days', 'tokumei')(days)) -}}
{%- endmacro %}

{% macro default__sql_date_of_days(days) -%}
    {{- return("(date '1970-01-01' + cast(" ~ days ~ ' as integer))') -}}
{%- endmacro %}

{% macro spark__sql_days(date) -%}
    {{- return('unix_date(' ~ date ~ ')') -}}
{%- endmacro %}

{% macro spark__sql_date_of_days(days) -%}
    {{- return('date_from_unix_date(cast(' ~ days ~ ' as int))') -}}
{%- endmacro %}
