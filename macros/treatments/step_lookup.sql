{#- The map of the column, joined by the query that uses it, holds a label for every value met: see lookup_map. -#}
{% macro step_lookup(value, arguments, scene) -%}
    {{- return(tokumei._value(tokumei._map_name(scene['column']) ~ '.label', 'text')) -}}
{%- endmacro %}

{% macro _map_name(column) -%}
    {{- return(tokumei.sql_identifier('map_' ~ column)) -}}
{%- endmacro %}
