{% macro sql_create_stage(stage, query) -%}
    {{- return(adapter.dispatch('sql_create_stage', 'tokumei')(stage, query)) -}}
{%- endmacro %}

{% macro duckdb__sql_create_stage(stage, query) -%}
    {{- return('create temp table ' ~ stage.split('.', 1)[1] ~ ' as\n' ~ query) -}}
{%- endmacro %}

{#- Unlogged keeps it out of the write-ahead log; without ANALYZE the next join is planned for a handful of rows. -#}
{% macro postgres__sql_create_stage(stage, query) -%}
    {{- return('create unlogged table ' ~ stage ~ ' as\n' ~ query ~ tokumei.sql_analyze(stage)) -}}
{%- endmacro %}
