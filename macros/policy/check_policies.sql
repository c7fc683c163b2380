{#- `dbt run-operation check_policies`: every error of every policy of the project at once, from the graph alone. A build
    refuses the same; this one builds nothing, reads nothing, and is quick enough for every commit. -#}
{% macro check_policies() -%}
    {%- set errors = [] -%}
    {%- set marts = [] -%}
    {%- for dataset in tokumei.datasets_of_graph() -%}
        {%- do errors.extend(tokumei._resolve_terms(dataset)['errors']) -%}
    {%- endfor -%}
    {%- for node in graph['nodes'].values() if tokumei._is_mart(node['unique_id']) -%}
        {%- set policy = tokumei._resolve_mart(node) -%}
        {%- do marts.append(node['name']) -%}
        {%- do errors.extend(policy['errors'] + policy['open']) -%}
    {%- endfor -%}
    {%- if errors -%}
        {%- do exceptions.raise_compiler_error('\n' ~ errors | unique | sort | join('\n')) -%}
    {%- endif -%}
    {%- do print('tokumei: ' ~ marts | length ~ ' policies, no errors') -%}
{%- endmacro %}
