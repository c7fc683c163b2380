{#- Marts that share a pseudonym can be joined, so each but the first follows another, in one chain. -#}
{% macro _check_dataset(errors, policy) -%}
    {%- set shared = [] -%}
    {%- set followed = [] -%}
    {%- for node in tokumei.marts_of(policy['dataset']) -%}
        {%- set meta = tokumei._meta_of(node) -%}
        {%- if meta.get('scope', 'shared') == 'shared' -%}
            {%- if meta.get('members_of') is none -%}
                {%- do shared.append(node['name']) -%}
            {%- elif meta['members_of'] is string -%}
                {%- do followed.append(meta['members_of']) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if shared | length > 1 and policy['mart'] in shared -%}
        {%- do tokumei._policy_error(errors, policy['mart'], none, 'marts of one dataset share pseudonyms: one must follow the other (members_of), or have its own (scope: own)', shared | sort | join(', ')) -%}
    {%- endif -%}
    {%- for name in followed | unique if (followed | select('equalto', name) | list | length) > 1 and policy['scope'] == 'shared' and policy['follows'] and policy['follows'][0]['name'] == name -%}
        {%- do tokumei._policy_error(errors, policy['mart'], none, 'two marts follow ' ~ name ~ ': one must follow the other, or have pseudonyms of its own (scope: own)', name) -%}
    {%- endfor -%}
{%- endmacro %}

{#- Every enabled mart of a dataset, in this project and its packages. Asked of every mart by every mart: the meta is
    read here and not by a macro. -#}
{% macro marts_of(dataset) -%}
    {%- set marts = [] -%}
    {%- for node in graph['nodes'].values() if node['resource_type'] == 'model' and node['config']['materialized'] == 'anonymized' -%}
        {%- set meta = (node['config'].get('meta') or {}).get('tokumei') or (node.get('meta') or {}).get('tokumei') -%}
        {%- if dataset is string and meta is mapping and meta.get('dataset') == dataset -%}
            {%- do marts.append(node) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(marts) -}}
{%- endmacro %}

{#- The datasets of all enabled marts. -#}
{% macro datasets_of_graph() -%}
    {%- set datasets = [] -%}
    {%- for node in graph['nodes'].values() if node['resource_type'] == 'model' and node['config']['materialized'] == 'anonymized' -%}
        {%- do datasets.append(tokumei._meta_of(node).get('dataset')) -%}
    {%- endfor -%}
    {{- return(datasets | select('string') | unique | sort) -}}
{%- endmacro %}
