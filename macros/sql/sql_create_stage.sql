{% macro sql_create_stage(stage, query) -%}
    {{- return(adapter.dispatch('sql_create_stage', 'tokumei')(stage, query)) -}}
{%- endmacro %}

{% macro duckdb__sql_create_stage(stage, query) -%}
    {{- return('create temp table ' ~ stage.split('.', 1)[1] ~ ' as\n' ~ query) -}}
{%- endmacro %}

{#- Unlogged keeps it out of the write-ahead log. No ANALYZE: it would copy raw identifiers and rare values into pg_statistic,
    which is logged and lies in every backup. sql_join_by_hash makes up for it. -#}
{% macro postgres__sql_create_stage(stage, query) -%}
    {{- return('create unlogged table ' ~ stage ~ ' as\n' ~ query) -}}
{%- endmacro %}

{#- A table of its own cuts the plan: what is only named would be reckoned again, and planned again, wherever it is read. -#}
{% macro spark__sql_create_stage(stage, query) -%}
    {{- return('create table ' ~ stage ~ ' as\n' ~ query) -}}
{%- endmacro %}
