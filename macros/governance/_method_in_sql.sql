{#- Method information that a node's SQL names: relations of the private schema, keys, macros that give such names. The
    package's own views on the logs, and its hooks, are what may. -#}
{% macro _method_in_sql(node, text, private) -%}
    {%- set found = [] -%}
    {%- if node['package_name'] == 'tokumei' and modules.re.match('models/(publication|risk)/|(./)?dbt_project.yml', node['original_file_path']) -%}
        {{- return(found) -}}
    {%- endif -%}
    {%- set whole = '(?<![\\w$])' ~ modules.re.escape(private) ~ '(?![\\w$])' -%}
    {%- for name in modules.re.findall(whole ~ '[\"`]?\\s*[.]\\s*[\"`]?([^\\s.,;()\"\'`]+)', text) -%}
        {%- do found.append(private ~ '.' ~ name) -%}
    {%- endfor -%}
    {%- if not found and modules.re.search(whole, text) -%}
        {%- do found.append(private) -%}
    {%- endif -%}
    {%- do found.extend(modules.re.findall('(?<![\\w$])tokumei_keys(?![\\w$])', text)) -%}
    {%- do found.extend(modules.re.findall('tokumei\\s*[.]\\s*(?:_?private_\\w+|standing_releases|release_identifier|candidate_identifier|sql_key_store|keyed_hash|live_release|_current_release)', text)) -%}
    {{- return(found) -}}
{%- endmacro %}
