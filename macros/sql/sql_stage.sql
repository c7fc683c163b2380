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
    {{- return(tokumei.private_relation('stage_' ~ local_md5(mart ~ invocation_id)[:12] ~ '_' ~ stage)) -}}
{%- endmacro %}

{#- Drops what runs and operations that died left of internal relations, where they outlive them. There is one run at a time. -#}
{% macro sql_sweep_stages() -%}
    {{- return(adapter.dispatch('sql_sweep_stages', 'tokumei')()) -}}
{%- endmacro %}

{% macro default__sql_sweep_stages() -%}
{%- endmacro %}

{#- Two underscores stand in the name of a release, whatever its mart is called. -#}
{% macro spark__sql_sweep_stages() -%}
    {%- for name in tokumei._spark_tables('stage_*') if modules.re.match('stage_[0-9a-f]{12}_', name) and '__' not in name -%}
        {%- do run_query('drop table ' ~ tokumei.private_relation(name)) -%}
    {%- endfor -%}
{%- endmacro %}
