{#- Drops a view, and what was built on it where an engine knows that. -#}
{% macro sql_drop_view(view) -%}
    {{- return(adapter.dispatch('sql_drop_view', 'tokumei')(view)) -}}
{%- endmacro %}

{% macro default__sql_drop_view(view) -%}
    {{- return('drop view if exists ' ~ view ~ ' cascade') -}}
{%- endmacro %}

{% macro spark__sql_drop_view(view) -%}
    {{- return('drop view if exists ' ~ view) -}}
{%- endmacro %}
