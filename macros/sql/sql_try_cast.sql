{#- A cast that gives null where the text is no value of the type: an engine's own cast error quotes the data. -#}
{% macro sql_try_cast(expression, type) -%}
    {{- return(adapter.dispatch('sql_try_cast', 'tokumei')(expression, type)) -}}
{%- endmacro %}

{% macro default__sql_try_cast(expression, type) -%}
    {{- return('try_cast(' ~ expression ~ ' as ' ~ type ~ ')') -}}
{%- endmacro %}

{#- PostgreSQL 16 and later can ask whether a text is valid input of a type. -#}
{% macro postgres__sql_try_cast(expression, type) -%}
    {{- return(
        'case when pg_input_is_valid(cast(' ~ expression ~ " as text), '" ~ type ~ "') then cast(cast("
        ~ expression ~ ' as text) as ' ~ type ~ ') end'
    ) -}}
{%- endmacro %}

{#- Spark reads dates with hyphens alone, and no 24:00, which is the next day; a zone is not applied, as on the others. -#}
{% macro spark__sql_try_cast(expression, type) -%}
    {%- if type not in ['timestamp', 'date'] -%}
        {{- return('try_cast(' ~ expression ~ ' as ' ~ tokumei.sql_type(type) ~ ')') -}}
    {%- endif -%}
    {%- set text = tokumei.sql_replaced("translate(" ~ tokumei.sql_text(expression) ~ ", '/', '-')", '(:[0-9]{2})(Z|[+-][0-9]{2}(:?[0-9]{2})?)$', '\\1') -%}
    {%- set midnight = 'try_cast(' ~ tokumei.sql_replaced(text, '[ T]24:00(:00)?$', ' 00:00') ~ ' as timestamp_ntz)' -%}
    {{- return(
        'cast(case when ' ~ tokumei.sql_matches(text, '[ T]24:00(:00)?$') ~ ' then ' ~ midnight ~ " + interval '1' day else try_cast("
        ~ text ~ ' as timestamp_ntz) end as ' ~ tokumei.sql_type(type) ~ ')'
    ) -}}
{%- endmacro %}
