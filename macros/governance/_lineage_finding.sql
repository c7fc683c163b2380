{#- What is wrong with one node: problems as texts, what it reads by name, and by which path. -#}
{% macro _lineage_finding(walk, id, method) -%}
    {%- set nodes = walk['nodes'] -%}
    {%- set marts = walk['marts'][id] -%}
    {%- set persons = walk['persons'][id] -%}
    {%- set finding = {'id': id, 'name': tokumei._lineage_name(nodes[id]), 'problems': [], 'reads': [], 'paths': [], 'upstream': []} -%}
    {%- if persons and (marts or walk['holders'].get(id) == 'received') -%}
        {%- do finding['problems'].append('reads a mart beside personal data, as those do who identify persons (法43条5項, 法45条; 3-2-6)') -%}
    {%- elif marts and walk['holders'].get(id) == 'declared' -%}
        {%- do finding['problems'].append('is made from a mart and declares a subject or classified columns: nothing made from a mart gets identifiers (法43条5項, 法45条; 3-2-6)') -%}
    {%- endif -%}
    {%- if finding['problems'] -%}
        {%- for kind, origins in [['marts', marts | list], ['persons', persons | list]] -%}
            {%- for origin in origins -%}
                {%- do finding['reads'].append(tokumei._lineage_name(nodes[origin])) -%}
                {%- do finding['paths'].append(tokumei._lineage_path(walk, kind, id, origin)) -%}
                {%- if walk['holders'][origin] == 'upstream' -%}
                    {%- do finding['upstream'].append(tokumei._lineage_name(nodes[origin])) -%}
                {%- endif -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if method -%}
        {%- do finding['problems'].append('reads method information (法43条2項, 規則35条; 法45条)') -%}
        {%- do finding['reads'].extend(method) -%}
        {%- for name in method -%}{%- do finding['paths'].append(finding['name'] ~ ' ← ' ~ name) -%}{%- endfor -%}
    {%- endif -%}
    {{- return(finding) -}}
{%- endmacro %}

{#- From a node to what it reads in the end, through the nodes between: `rates ← joined ← stg_customers`. -#}
{% macro _lineage_path(walk, kind, id, origin) -%}
    {%- set ids = [id] -%}
    {%- set names = [tokumei._lineage_name(walk['nodes'][id])] -%}
    {%- for here in ids if here != origin -%}
        {%- set parent = walk[kind][here][origin] -%}
        {%- do ids.append(origin if parent is none else parent) -%}
        {%- do names.append(tokumei._lineage_name(walk['nodes'][ids[-1]]) ~ (' (by its name in the SQL)' if parent is none else '')) -%}
    {%- endfor -%}
    {{- return(names | join(' ← ')) -}}
{%- endmacro %}
