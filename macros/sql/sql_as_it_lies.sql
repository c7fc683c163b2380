{#- A relation whose rows lie in the order that is asked for: an engine that does not know it need not share the sorting. -#}
{% macro sql_as_it_lies(relation) -%}
    {{- return(adapter.dispatch('sql_as_it_lies', 'tokumei')(relation)) -}}
{%- endmacro %}

{% macro default__sql_as_it_lies(relation) -%}
    {{- return(relation) -}}
{%- endmacro %}

{#- Sorting what is sorted takes one process one pass; its workers would sort shares of it, and merge them. -#}
{% macro postgres__sql_as_it_lies(relation) -%}
    {{- return('(select lying.* from ' ~ relation ~ ' as lying offset 0)') -}}
{%- endmacro %}
