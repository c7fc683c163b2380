{#- A window that adds its frame to a named one, `definition` being that one's. -#}
{% macro sql_named_window(name, definition) -%}
    {{- return(adapter.dispatch('sql_named_window', 'tokumei')(name, definition)) -}}
{%- endmacro %}

{% macro default__sql_named_window(name, definition) -%}
    {{- return(name) -}}
{%- endmacro %}

{#- Spark adds nothing to a named window. -#}
{% macro spark__sql_named_window(name, definition) -%}
    {{- return(definition) -}}
{%- endmacro %}
