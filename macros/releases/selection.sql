{#- The package's own models that read the logs, which may be built before the first release. -#}
{% macro selected_readers() -%}
    {%- set readers = ['releases', 'dataset_releases', 'publication_items', 'release_risks', 'release_utility', 'risk_per_combination'] -%}
    {%- set selected = [] -%}
    {%- for name in readers if 'model.tokumei.' ~ name in selected_resources -%}{%- do selected.append(name) -%}{%- endfor -%}
    {{- return(selected) -}}
{%- endmacro %}

{#- Hooks also run for test and seed, and compile and docs render them. -#}
{% macro builds_models() -%}
    {{- return(flags.WHICH in ['run', 'build', 'retry']) -}}
{%- endmacro %}

{% macro selected_datasets() -%}
    {%- set datasets = [] -%}
    {%- for unique_id in selected_resources -%}
        {%- set node = graph['nodes'].get(unique_id) -%}
        {%- if node and node['resource_type'] == 'model' and node['config']['materialized'] == 'anonymized' -%}
            {%- do datasets.append(tokumei._meta_of(node).get('dataset')) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(datasets | select('string') | unique | sort) -}}
{%- endmacro %}

{#- The marts of a dataset that this run would leave as they are: pseudonyms would no longer agree. -#}
{% macro unselected_marts(dataset) -%}
    {%- set left = [] -%}
    {%- for node in tokumei.marts_of(dataset) if node['unique_id'] not in selected_resources -%}
        {%- do left.append(node['name']) -%}
    {%- endfor -%}
    {{- return(left | sort) -}}
{%- endmacro %}
