{#- The seed, model, snapshot or source that says `register: <name>` of itself. -#}
{% macro register_node(name) -%}
    {%- set catalog = tokumei.register_catalog() -%}
    {%- set errors = [] -%}
    {%- set declared = {} -%}
    {%- for node in tokumei._nodes_with_meta('register') -%}
        {%- set register = tokumei._meta_of(node)['register'] -%}
        {%- if register not in (catalog | list) -%}
            {%- do tokumei._policy_error(errors, node['name'], none, 'unknown register', register, catalog | list, 'registers.md') -%}
        {%- elif (node.get('config') or {}).get('materialized') == 'ephemeral' -%}
            {%- do tokumei._policy_error(errors, node['name'], none, 'a register must be readable in the warehouse', 'an ephemeral model', 'seed, table, view, source', 'registers.md') -%}
        {%- else -%}
            {%- do declared.setdefault(register, []).append(node) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for register, nodes in declared.items() if nodes | length > 1 -%}
        {%- do tokumei._policy_error(errors, nodes | map(attribute='name') | sort | join(', '), none, 'a register is declared once', register ~ ' by ' ~ nodes | length, 'one', 'registers.md') -%}
    {%- endfor -%}
    {%- if name not in (catalog | list) -%}
        {%- do tokumei._policy_error(errors, 'register', none, 'unknown register', name, catalog | list, 'registers.md') -%}
    {%- endif -%}
    {%- if errors -%}
        {%- do exceptions.raise_compiler_error('\n' ~ errors | unique | join('\n')) -%}
    {%- endif -%}
    {{- return((declared.get(name) or [none])[0]) -}}
{%- endmacro %}

{#- What is in the graph is enabled. -#}
{% macro _nodes_with_meta(key) -%}
    {%- set found = [] -%}
    {%- for node in (graph['nodes'].values() | list) + (graph['sources'].values() | list) -%}
        {%- if node['resource_type'] in ['seed', 'model', 'snapshot', 'source'] and key in tokumei._meta_of(node) -%}
            {%- do found.append(node) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(found) -}}
{%- endmacro %}
