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

{#- Like PostgreSQL's, but it lies in a file until the build drops it, or the next run after one that died. -#}
{% macro spark__sql_stage(mart, stage) -%}
    {{- return(tokumei.private_relation(tokumei._spark_stages(mart, invocation_id) ~ stage)) -}}
{%- endmacro %}

{% macro _spark_stages(mart, run) -%}
    {{- return('stage_' ~ local_md5(mart ~ run)[:12] ~ '_') -}}
{%- endmacro %}

{#- Drops what a run that died left of the internal relations of a mart, where they outlive it. -#}
{% macro sql_sweep_stages(mart, run) -%}
    {{- return(adapter.dispatch('sql_sweep_stages', 'tokumei')(mart, run)) -}}
{%- endmacro %}

{% macro default__sql_sweep_stages(mart, run) -%}
{%- endmacro %}

{% macro spark__sql_sweep_stages(mart, run) -%}
    {%- for name in tokumei._spark_tables(tokumei._spark_stages(mart, run) ~ '*') -%}
        {%- do run_query('drop table ' ~ tokumei.private_relation(name)) -%}
    {%- endfor -%}
{%- endmacro %}
