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

{#- Whether every table of the engine has a column of this name already. -#}
{% macro sql_name_taken(name) -%}
    {{- return(adapter.dispatch('sql_name_taken', 'tokumei')(name)) -}}
{%- endmacro %}

{% macro default__sql_name_taken(name) -%}
    {{- return(false) -}}
{%- endmacro %}

{% macro postgres__sql_name_taken(name) -%}
    {{- return(name in ['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid']) -}}
{%- endmacro %}
