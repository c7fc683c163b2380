{#- Whether the engine has roles that a relation can be granted to; where it has none, what is provided is exported. -#}
{% macro sql_has_grants() -%}
    {{- return(adapter.dispatch('sql_has_grants', 'tokumei')()) -}}
{%- endmacro %}

{% macro default__sql_has_grants() -%}
    {{- return(false) -}}
{%- endmacro %}

{% macro postgres__sql_has_grants() -%}
    {{- return(true) -}}
{%- endmacro %}
