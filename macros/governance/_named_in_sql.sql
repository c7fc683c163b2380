{#- Relations that a node's SQL names without ref or source, as far as its text tells: schema.name, written out or after
    `target.schema`. Best effort: a name put together in another way, or found by a search path, is not seen. -#}
{% macro _named_in_sql(text, places) -%}
    {%- set found = [] -%}
    {%- for schema, name in modules.re.findall('([^\\s.,;()\"\'`]+)[\"`]?\\s*[.]\\s*[\"`]?([^\\s.,;()\"\'`]+)', text) if places.get(schema ~ '.' ~ name) -%}
        {%- do found.append(places[schema ~ '.' ~ name]) -%}
    {%- endfor -%}
    {{- return(found | unique | list) -}}
{%- endmacro %}

{#- schema.name of each relation, as engines compare it → id. -#}
{% macro _places_of(ids, nodes) -%}
    {%- set places = {} -%}
    {%- for id in ids if nodes[id].get('schema') -%}
        {%- set node = nodes[id] -%}
        {%- do places.update({(node['schema'] ~ '.' ~ (node.get('identifier') or node.get('alias') or node['name'])) | lower: id}) -%}
    {%- endfor -%}
    {{- return(places) -}}
{%- endmacro %}

{#- All the SQL of those nodes whose text names one of these schemas, or something of the package, in lower case. -#}
{% macro _telling_sql(nodes, schemas) -%}
    {%- set wanted = ['tokumei'] -%}
    {%- for schema in schemas -%}{%- do wanted.append(modules.re.escape(schema)) -%}{%- endfor -%}
    {%- set pattern = modules.re.compile(wanted | join('|')) -%}
    {%- set texts = {} -%}
    {%- for id, node in nodes.items() if node.get('raw_code') -%}
        {%- set config = node['config'] -%}
        {%- set text = [node['raw_code'], config.get('pre-hook') or '', config.get('post-hook') or '', config.get('where') or '', (node.get('test_metadata') or {}).get('kwargs') or ''] | join('\n') -%}
        {%- set text = modules.re.sub('[{][{]-?\\s*(target|this|model)[.]schema\\s*-?[}][}]', target.schema, text) | lower -%}
        {%- if pattern.search(text) -%}{%- do texts.update({id: text}) -%}{%- endif -%}
    {%- endfor -%}
    {{- return(texts) -}}
{%- endmacro %}
