{#- Statistics for the queries that follow in the same transaction, where an engine does not keep them by itself. Of what is
    released alone: statistics hold values, and outlive the relation in the write-ahead log. -#}
{% macro sql_analyze(relation) -%}
    {{- return(adapter.dispatch('sql_analyze', 'tokumei')(relation)) -}}
{%- endmacro %}

{% macro default__sql_analyze(relation) -%}
    {{- return('') -}}
{%- endmacro %}

{% macro postgres__sql_analyze(relation) -%}
    {{- return(';\nanalyze ' ~ relation) -}}
{%- endmacro %}
