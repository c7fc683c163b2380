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

{#- Spark reads dates with hyphens alone; a zone is not applied, as on the others. -#}
{% macro spark__sql_try_cast(expression, type) -%}
    {%- set text = tokumei.sql_text(expression) -%}
    {%- set text = tokumei.sql_replaced("translate(" ~ text ~ ", '/', '-')", '(:[0-9]{2})(Z|[+-][0-9]{2}(:?[0-9]{2})?)$', '\\1') if type in ['timestamp', 'date'] else expression -%}
    {{- return('try_cast(' ~ text ~ ' as ' ~ tokumei.sql_type(type) ~ ')') -}}
{%- endmacro %}
