{#- What a publication says of a dataset and no mart can say: declared once, in a dbt exposure of its marts that has
    `config.meta.tokumei`. `terms` is none where nothing is declared: such a dataset is built, but not published. -#}
{% macro _resolve_terms(dataset) -%}
    {%- set errors = [] -%}
    {%- set found = [] -%}
    {%- for exposure in tokumei._terms_exposures() if dataset in tokumei._datasets_of(exposure) -%}
        {%- do found.append({'exposure': exposure, 'terms': tokumei._check_terms(errors, exposure)}) -%}
    {%- endfor -%}
    {%- if found | length > 1 -%}
        {%- do tokumei._policy_error(errors, dataset, none, 'a dataset has one exposure with its terms', found | map(attribute='exposure.name') | sort | join(', '), none, 'publication.md') -%}
    {%- endif -%}
    {{- return({'terms': found[0]['terms'] if found else none, 'errors': errors}) -}}
{%- endmacro %}

{#- Enabled exposures that speak of tokumei, whatever they say beside an exception to the lineage. -#}
{% macro _terms_exposures() -%}
    {%- set found = [] -%}
    {%- for exposure in (graph.get('exposures') or {}).values() -%}
        {%- if 'tokumei' in ((exposure.get('config') or {}).get('meta') or exposure.get('meta') or {}) and tokumei._meta_of(exposure) | list != ['exception'] -%}
            {%- do found.append(exposure) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(found | sort(attribute='unique_id')) -}}
{%- endmacro %}

{% macro _datasets_of(exposure) -%}
    {%- set datasets = [] -%}
    {%- for unique_id in exposure['depends_on']['nodes'] if tokumei._is_mart(unique_id) -%}
        {%- do datasets.append(tokumei._meta_of(graph['nodes'][unique_id]).get('dataset')) -%}
    {%- endfor -%}
    {{- return(datasets | select('string') | unique | sort) -}}
{%- endmacro %}

{% macro _is_mart(unique_id) -%}
    {%- set node = graph['nodes'].get(unique_id) -%}
    {{- return((node and node['resource_type'] == 'model' and node['config']['materialized'] == 'anonymized') or false) -}}
{%- endmacro %}
