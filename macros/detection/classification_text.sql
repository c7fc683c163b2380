{#- The proposal as YAML: the names of columns, counts and shares. -#}
{% macro classification_text(node, facts, proposals) -%}
    {%- set kinds = {'model': 'models', 'seed': 'seeds', 'snapshot': 'snapshots', 'source': 'sources'} -%}
    {%- set pad = '    ' if node['resource_type'] == 'source' else '' -%}
    {%- set lines = ['# ' ~ tokumei._yaml_text(node['name']) ~ ': {:,} records'.format(facts['records']) ~ (', a sample of about {:,} read'.format(facts['sample']) if facts['records'] > facts['sample'] else ', all read')] -%}
    {%- do lines.append('# Proposals: what is wrong here is found by a person, not by the gate. See docs/detection.md') -%}
    {%- do lines.append(kinds[node['resource_type']] ~ ':') -%}
    {%- if pad -%}
        {%- do lines.extend(['  - name: ' ~ tokumei._yaml_text(node['source_name']), '    tables:']) -%}
    {%- endif -%}
    {%- do lines.append(pad ~ '  - name: ' ~ tokumei._yaml_text(node['name'])) -%}
    {%- if facts['subject'] -%}
        {%- do lines.append(pad ~ '    config: {meta: {tokumei: {subject: ' ~ tokumei._yaml_text(facts['subject']) ~ '}}}') -%}
    {%- else -%}
        {%- do lines.append(pad ~ '    # config: {meta: {tokumei: {subject: …}}} is missing: every record was taken for a subject of its own') -%}
    {%- endif -%}
    {%- do lines.append(pad ~ '    columns:') -%}
    {%- for name, proposal in proposals.items() -%}
        {%- do lines.append(pad ~ '      - {name: ' ~ tokumei._yaml_text(name) ~ ', config: {meta: {tokumei: {is: ' ~ proposal['is'] ~ '}}}}  # ' ~ proposal['because'] ~ ('' if proposal['sure'] else '; a person decides')) -%}
    {%- endfor -%}
    {{- return(lines | join('\n')) -}}
{%- endmacro %}

{#- Plain where YAML reads a plain word as itself, quoted elsewhere; on one line, whatever the name holds. -#}
{% macro _yaml_text(text) -%}
    {%- set plain = modules.re.match('^[^\\W\\d_]\\w*$', text) and text | lower not in ['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null'] -%}
    {{- return(text if plain else tojson(text)) -}}
{%- endmacro %}
