{#- The internal relations of a build: seen by nobody else, gone with its transaction, never in a backup. -#}
{% macro sql_stage(mart, stage) -%}
    {{- return(adapter.dispatch('sql_stage', 'tokumei')(mart, stage)) -}}
{%- endmacro %}

{% macro duckdb__sql_stage(mart, stage) -%}
    {{- return('temp.' ~ tokumei.sql_identifier('tokumei_' ~ local_md5(mart)[:8] ~ '_' ~ stage)) -}}
{%- endmacro %}

{#- Not a temporary table: those forbid parallel plans. Made and dropped in one transaction, it is invisible to others. -#}
{% macro postgres__sql_stage(mart, stage) -%}
    {{- return(
        tokumei.sql_identifier(tokumei.private_schema()) ~ '.'
        ~ tokumei.sql_identifier('stage_' ~ local_md5(mart ~ invocation_id)[:12] ~ '_' ~ stage)
    ) -}}
{%- endmacro %}
