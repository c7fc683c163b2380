{#- Where releases, logs and keys are: beside the marts, named by the host. -#}
{% macro private_schema() -%}
    {{- return(var('tokumei_private_schema', none) or target.schema ~ '_tokumei') -}}
{%- endmacro %}

{% macro private_namespace() -%}
    {{- return(adapter.dispatch('private_namespace', 'tokumei')()) -}}
{%- endmacro %}

{% macro default__private_namespace() -%}
    {{- return(tokumei.sql_identifier(target.database) ~ '.' ~ tokumei.sql_identifier(tokumei.private_schema())) -}}
{%- endmacro %}

{#- dbt-spark knows no database above the schema. -#}
{% macro spark__private_namespace() -%}
    {{- return(tokumei.sql_identifier(tokumei.private_schema())) -}}
{%- endmacro %}

{% macro private_relation(identifier) -%}
    {{- return(tokumei.private_namespace() ~ '.' ~ tokumei.sql_identifier(identifier)) -}}
{%- endmacro %}

{#- The release table of a mart in this invocation. At most 63 bytes, whatever the mart is called. -#}
{% macro release_identifier(mart, run=none) -%}
    {%- set readable = mart[:40] if modules.re.match('^[A-Za-z0-9_]+$', mart) else 'mart' -%}
    {{- return(readable ~ '__' ~ local_md5((run or invocation_id) ~ mart)[:16]) -}}
{%- endmacro %}

{#- What the gate looks at: the release itself, or the real records of one that synthetic ones are mixed into. -#}
{% macro candidate_identifier(policy) -%}
    {{- return(tokumei.release_identifier(policy['mart']) ~ ('_real' if policy['synthetic_share'] else '')) -}}
{%- endmacro %}
