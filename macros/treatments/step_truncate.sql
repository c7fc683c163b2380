{% macro step_truncate(value, arguments, scene) -%}
    {%- set unit = arguments['unit'] -%}
    {%- if unit == 'year' -%}
        {{- return(tokumei._value(tokumei.sql_date_part('year', tokumei._as_date(value)), 'integer')) -}}
    {%- elif unit == 'hour' -%}
        {{- return(tokumei._value(tokumei.sql_date_floor('hour', tokumei._as_timestamp(value)), 'timestamp')) -}}
    {%- elif unit == 'day' -%}
        {{- return(tokumei._value(tokumei._as_date(value), 'date')) -}}
    {%- endif -%}
    {{- return(tokumei._value(tokumei.sql_date_floor(unit, tokumei._as_date(value)), 'date')) -}}
{%- endmacro %}
