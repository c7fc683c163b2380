{#- A type of the package's own relations, by the name that most engines know. -#}
{% macro sql_type(name) -%}
    {{- return(adapter.dispatch('sql_type', 'tokumei')(name)) -}}
{%- endmacro %}

{% macro default__sql_type(name) -%}
    {{- return(name) -}}
{%- endmacro %}

{#- Spark's `timestamp` is an instant, shown in the zone of the session: the others' is what the clock on the wall said. -#}
{% macro spark__sql_type(name) -%}
    {{- return({'text': 'string', 'double precision': 'double', 'timestamp': 'timestamp_ntz', 'integer': 'int'}.get(name, name)) -}}
{%- endmacro %}
