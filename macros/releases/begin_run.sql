{#- on-run-start: the private schema, the logs, and one key for each dataset whose marts this run builds in full. -#}
{% macro begin_run() -%}
    {%- if execute and tokumei.builds_models() -%}
        {%- set datasets = tokumei.selected_datasets() -%}
        {%- if datasets or tokumei.selected_readers() -%}
            {%- do tokumei.sql_create_private_schema() -%}
            {%- do tokumei.create_logs() -%}
            {%- for dataset in datasets if tokumei.partial_datasets() or not tokumei.unselected_marts(dataset) -%}
                {%- do tokumei.sql_lock_dataset(dataset) -%}
                {%- do tokumei.sql_take_key(dataset) -%}
                {%- do tokumei.log_key(dataset, 'taken') -%}
                {%- do tokumei.withdraw_abandoned(dataset) -%}
            {%- endfor -%}
            {%- do tokumei.sql_commit_now() -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{#- The package's own models that read the logs, which may be built before the first release. -#}
{% macro selected_readers() -%}
    {{- return(['model.tokumei.releases', 'model.tokumei.publication_items'] | select('in', selected_resources) | list) -}}
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
