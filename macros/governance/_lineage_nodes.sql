{#- Everything in the graph that reads or is read, by its id; what is in the graph is enabled. -#}
{% macro _lineage_nodes() -%}
    {%- set nodes = {} -%}
    {%- for kind in ['sources', 'nodes', 'functions', 'semantic_models', 'metrics', 'saved_queries', 'exposures'] -%}
        {%- do nodes.update(graph.get(kind) or {}) -%}
    {%- endfor -%}
    {{- return(nodes) -}}
{%- endmacro %}

{#- The package's part of the meta, of those that have one. -#}
{% macro _lineage_metas(nodes) -%}
    {%- set metas = {} -%}
    {%- for id, node in nodes.items() -%}
        {%- set meta = ((node.get('config') or {}).get('meta') or {}).get('tokumei') or (node.get('meta') or {}).get('tokumei') -%}
        {%- if meta is mapping -%}{%- do metas.update({id: meta}) -%}{%- endif -%}
    {%- endfor -%}
    {{- return(metas) -}}
{%- endmacro %}

{% macro _lineage_parents(nodes) -%}
    {%- set parents = {} -%}
    {%- for id, node in nodes.items() -%}
        {%- do parents.update({id: ((node.get('depends_on') or {}).get('nodes') or []) | select('in', nodes) | unique | list}) -%}
    {%- endfor -%}
    {{- return(parents) -}}
{%- endmacro %}

{#- The ids, each after all that it reads. The list grows while it is walked. -#}
{% macro _parents_first(parents) -%}
    {%- set children = {} -%}
    {%- set missing = {} -%}
    {%- set ordered = [] -%}
    {%- for id, read in parents.items() -%}
        {%- do missing.update({id: read | length}) -%}
        {%- if not read -%}{%- do ordered.append(id) -%}{%- endif -%}
        {%- for parent in read -%}{%- do children.setdefault(parent, []).append(id) -%}{%- endfor -%}
    {%- endfor -%}
    {%- for id in ordered -%}
        {%- for child in children.get(id, []) -%}
            {%- do missing.update({child: missing[child] - 1}) -%}
            {%- if missing[child] == 0 -%}{%- do ordered.append(child) -%}{%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(ordered) -}}
{%- endmacro %}

{#- As an error or an exception calls it. -#}
{% macro _lineage_name(node) -%}
    {{- return(node['source_name'] ~ '.' ~ node['name'] if node['resource_type'] == 'source' else node['name']) -}}
{%- endmacro %}
