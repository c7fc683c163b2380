{#- The relations a mart reads, found through its lineage by dbt itself, so that defer and custom schemas hold. -#}
{% macro _parent_relation(unique_id) -%}
    {%- set node = graph['nodes'].get(unique_id) or graph['sources'].get(unique_id) -%}
    {%- if model is defined and unique_id in model.get('depends_on', {}).get('nodes', []) and model['resource_type'] == 'model' -%}
        {%- if node['resource_type'] == 'source' -%}
            {{- return(source(node['source_name'], node['name'])) -}}
        {%- elif node.get('version') is not none -%}
            {{- return(ref(node['package_name'], node['name'], v=node['version'])) -}}
        {%- endif -%}
        {{- return(ref(node['package_name'], node['name'])) -}}
    {%- endif -%}
    {{- return(api.Relation.create(
        database=node['database'], schema=node['schema'], identifier=node.get('identifier') or node.get('alias') or node['name']
    )) -}}
{%- endmacro %}

{% macro _lookup_relations(policy) -%}
    {%- set by_name = {} -%}
    {%- for lookup in policy['lookups'] -%}
        {%- do by_name.update({lookup['name']: tokumei._parent_relation(lookup['unique_id']) | string}) -%}
    {%- endfor -%}
    {{- return(by_name) -}}
{%- endmacro %}
