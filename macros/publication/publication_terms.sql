{#- The terms of a dataset, from its exposure; an error where they are missing or wrong. -#}
{% macro publication_terms(dataset) -%}
    {%- set found = tokumei._resolve_terms(dataset) -%}
    {%- set errors = found['errors'] -%}
    {%- if not tokumei.marts_of(dataset) -%}
        {%- do tokumei._policy_error(errors, dataset, none, 'no mart belongs to this dataset', dataset, tokumei._all_datasets(), 'publication.md') -%}
    {%- elif found['terms'] is none -%}
        {%- do tokumei._policy_error(errors, dataset, none, 'the terms of the dataset are not declared', 'no exposure', 'an exposure that depends on its marts and has config.meta.tokumei', 'publication.md') -%}
    {%- endif -%}
    {%- do tokumei._raise_together(errors) -%}
    {%- set terms = found['terms'] -%}
    {%- if terms['legal_basis'] is none -%}
        {%- set default = tokumei._default_legal_basis() -%}
        {%- do terms.update({'legal_basis': {'ja': tokumei.legal_basis(), 'en': default['en'] if tokumei.legal_basis() == default['ja'] else none}}) -%}
    {%- endif -%}
    {{- return(terms) -}}
{%- endmacro %}

{% macro _all_datasets() -%}
    {%- set datasets = [] -%}
    {%- for unique_id in graph['nodes'] if tokumei._is_mart(unique_id) -%}
        {%- do datasets.append(tokumei._meta_of(graph['nodes'][unique_id]).get('dataset')) -%}
    {%- endfor -%}
    {{- return(datasets | select('string') | unique | sort) -}}
{%- endmacro %}
