{#- Whether the engine keeps a name whole. -#}
{% macro sql_name_fits(name) -%}
    {{- return(adapter.dispatch('sql_name_fits', 'tokumei')(name)) -}}
{%- endmacro %}

{% macro default__sql_name_fits(name) -%}
    {{- return(true) -}}
{%- endmacro %}

{% macro postgres__sql_name_fits(name) -%}
    {{- return(name.encode('utf-8') | length <= 63) -}}
{%- endmacro %}
