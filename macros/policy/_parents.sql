{#- What a mart reads, by what each parent says of itself: personal data has a subject, a mart is anonymized, the rest
    are hierarchies and lists. -#}
{% macro _parents(node) -%}
    {%- set parents = {'sources': [], 'marts': [], 'lookups': []} -%}
    {%- for unique_id in node['depends_on']['nodes'] -%}
        {%- set parent = graph['nodes'].get(unique_id) or graph['sources'].get(unique_id) -%}
        {%- if parent is none or parent is undefined -%}
        {%- elif (parent.get('config') or {}).get('materialized') == 'anonymized' -%}
            {%- do parents['marts'].append(parent) -%}
        {%- elif tokumei._meta_of(parent).get('subject') -%}
            {%- do parents['sources'].append(parent) -%}
        {%- else -%}
            {%- do parents['lookups'].append({
                'name': parent['name'],
                'unique_id': unique_id,
                'identifier': parent.get('identifier') or parent.get('alias') or parent['name'],
                'columns': parent['columns'].values() | map(attribute='name') | list,
            }) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(parents) -}}
{%- endmacro %}
