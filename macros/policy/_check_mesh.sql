{#- A place is two columns: each must admit the step by itself, and be guarded as the mart's column will be. -#}
{% macro _check_mesh(errors, policy, column, step) -%}
    {%- set page = 'steps/mesh.md' -%}
    {%- set mart = policy['mart'] -%}
    {%- set name = column['name'] -%}
    {%- set columns = policy['source']['columns'] -%}
    {%- set used = [step['arguments'].get('lat') | string, step['arguments'].get('lon') | string] -%}
    {%- if column['steps'][0]['name'] != 'mesh' or (column['steps'] | selectattr('name', 'equalto', 'mesh') | list | length) > 1 -%}
        {%- do tokumei._policy_error(errors, mart, name, 'mesh is the first step of a column', column['steps'] | map(attribute='name') | join(', '), none, page) -%}
    {%- endif -%}
    {%- if (used | select('in', columns) | list | length) == 2 -%}
        {%- if column['from'] not in used or used[0] == used[1] -%}
            {%- do tokumei._policy_error(errors, mart, name, 'mesh: from is lat or lon, and these are two columns', 'from: ' ~ column['from'] ~ ', lat: ' ~ used[0] ~ ', lon: ' ~ used[1], none, page) -%}
        {%- endif -%}
        {%- for other in used | unique if other != column['from'] -%}
            {%- set is = columns[other] -%}
            {%- set admitted = (tokumei.classifications().get(is) or {}).get('steps') -%}
            {%- if other == policy['subject'] or admitted is not none and 'mesh' not in admitted -%}
                {%- do tokumei._policy_error(errors, mart, name, 'mesh: the ' ~ is ~ ' ' ~ other ~ ' does not admit this step', 'mesh', none, page) -%}
            {%- elif column['from'] in used and is != column['is'] and column['is'] in tokumei.classifications() -%}
                {%- do tokumei._policy_error(errors, mart, name, 'mesh: lat and lon are classified alike', column['is'] ~ ' and ' ~ is, none, page) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
