{#- Ends an internal relation before its transaction does. -#}
{% macro sql_discard_stage(stage) -%}
    {{- return(adapter.dispatch('sql_discard_stage', 'tokumei')(stage)) -}}
{%- endmacro %}

{% macro default__sql_discard_stage(stage) -%}
    {{- return('drop table ' ~ stage) -}}
{%- endmacro %}

{#- A dropped table keeps its room on the disk until the transaction ends, a truncated one of the same transaction does not. -#}
{% macro postgres__sql_discard_stage(stage) -%}
    {{- return('truncate table ' ~ stage ~ ';\ndrop table ' ~ stage) -}}
{%- endmacro %}
