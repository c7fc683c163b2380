{#- The one way to a policy. Tests of macros override it with a dict, because a dbt unit test has no graph. -#}
{% macro mart_policy(unique_id) -%}
    {%- set policy = tokumei._resolve_mart(graph['nodes'][unique_id]) -%}
    {%- if policy['errors'] -%}
        {%- do exceptions.raise_compiler_error('\n' ~ policy['errors'] | unique | join('\n')) -%}
    {%- endif -%}
    {{- return(policy) -}}
{%- endmacro %}
