{#- A date. Text is read as year, month, day with - or / between, 年月日 behind them or an era in front (see _wareki),
    full-width digits included; anything else is null, because an engine's own cast error would quote the value. A time
    of day may follow; its zone is not applied. -#}
{% macro _as_date(value) -%}
    {%- if value.get('date') is not none -%}
        {{- return(value.date) -}}
    {%- elif value.type == 'date' -%}
        {{- return(tokumei._in_calendar(value)) -}}
    {%- elif value.type == 'timestamp' -%}
        {{- return('cast(' ~ tokumei._in_calendar(value) ~ ' as date)') -}}
    {%- endif -%}
    {{- return('cast(' ~ tokumei._as_timestamp(value) ~ ' as date)') -}}
{%- endmacro %}

{#- The western form comes first: it is the common one and the cheap one. -#}
{% macro _as_timestamp(value) -%}
    {%- if value.type == 'timestamp' -%}
        {{- return(tokumei._in_calendar(value)) -}}
    {%- elif value.type == 'date' -%}
        {{- return('cast(' ~ tokumei._in_calendar(value) ~ ' as ' ~ tokumei.sql_type('timestamp') ~ ')') -}}
    {%- endif -%}
    {%- set text = tokumei._written(value) -%}
    {%- set day = '[0-9]{4}(-[0-9]{1,2}-|/[0-9]{1,2}/)[0-9]{1,2}' -%}
    {{- return(
        'case when ' ~ tokumei.sql_matches(text, '^' ~ day ~ tokumei._time_pattern() ~ '$') ~ ' and substr(' ~ text ~ ", 1, 4) <> '0000'"
        ~ ' then ' ~ tokumei.sql_try_cast('split_part(' ~ text ~ ", '.', 1)", 'timestamp')
        ~ ' when ' ~ tokumei.sql_matches(text, tokumei._wareki_pattern()) ~ ' then ' ~ tokumei._wareki(text) ~ ' end'
    ) -}}
{%- endmacro %}

{#- Engines know infinity, years before 1 and after 9999, and fail to reckon with them: such a date of the source is null. -#}
{% macro _in_calendar(value) -%}
    {%- if not value.get('as_it_is') -%}
        {{- return(value.sql) -}}
    {%- endif -%}
    {%- set date = 'cast(' ~ value.sql ~ ' as ' ~ tokumei.sql_type('timestamp') ~ ')' if value.type == 'timestamp' else value.sql -%}
    {{- return('case when ' ~ date ~ " >= date '0001-01-01' and " ~ date ~ " < date '10000-01-01' then " ~ date ~ ' end') -}}
{%- endmacro %}

{% macro _time_pattern() -%}
    {{- return('([ T][0-9]{1,2}:[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?') -}}
{%- endmacro %}

{#- A value as it is written: half-width, without blanks around it. A column of the source is written so once. -#}
{% macro _written(value) -%}
    {{- return(value.get('written') or tokumei.sql_trim(tokumei.sql_half_width(tokumei.sql_text(value.sql)))) -}}
{%- endmacro %}
