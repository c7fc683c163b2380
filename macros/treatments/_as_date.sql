{#- A date. Text is read as year, month, day with - or / between, full-width digits included; anything else is null,
    because an engine's own cast error would quote the value. -#}
{% macro _as_date(value) -%}
    {%- if value.type == 'date' -%}
        {{- return(value.sql) -}}
    {%- elif value.type == 'timestamp' -%}
        {{- return('cast(' ~ value.sql ~ ' as date)') -}}
    {%- endif -%}
    {{- return('cast(' ~ tokumei._as_timestamp(value) ~ ' as date)') -}}
{%- endmacro %}

{% macro _as_timestamp(value) -%}
    {%- if value.type == 'timestamp' -%}
        {{- return(value.sql) -}}
    {%- elif value.type == 'date' -%}
        {{- return('cast(' ~ value.sql ~ ' as timestamp)') -}}
    {%- endif -%}
    {%- set text = tokumei.sql_half_width(tokumei.sql_text(value.sql)) -%}
    {{- return(
        'case when ' ~ tokumei.sql_matches(text, '^[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}([ T].*)?$')
        ~ ' then ' ~ tokumei.sql_try_cast(text, 'timestamp') ~ ' end'
    ) -}}
{%- endmacro %}
