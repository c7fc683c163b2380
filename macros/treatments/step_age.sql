{#- Full years, by comparing year-month-day as one number: born 29 February, a year older on 1 March. -#}
{% macro step_age(value, arguments, scene) -%}
    {%- set at = arguments['at'] | string -%}
    {%- set born = tokumei._date_number(tokumei._as_date(value)) -%}
    {%- if modules.re.match('^[0-9]{4}-[0-9]{2}-[0-9]{2}$', at) -%}
        {%- set then = at | replace('-', '') -%}
    {%- else -%}
        {%- set then = tokumei._date_number(tokumei._as_date(tokumei._source_value(scene['policy'], at, 'date'))) -%}
    {%- endif -%}
    {{- return(tokumei._value('cast(floor((' ~ then ~ ' - ' ~ born ~ ') / 10000.0) as integer)', 'integer')) -}}
{%- endmacro %}

{% macro _date_number(date) -%}
    {{- return(
        '(' ~ tokumei.sql_date_part('year', date) ~ ' * 10000 + ' ~ tokumei.sql_date_part('month', date)
        ~ ' * 100 + ' ~ tokumei.sql_date_part('day', date) ~ ')'
    ) -}}
{%- endmacro %}
