{#- What holds 匿名加工情報, id → `mart` or `received`, and what holds personal data: `declared` (a subject or a
    classification of its own, whatever else it says), `listed` (subjects that a mart's `where` names), or `upstream`: what such a relation is
    made from, unless that says `personal: false` or comes from a mart itself. -#}
{% macro _holders_of_persons(nodes, metas, parents, ordered) -%}
    {%- set holders = {} -%}
    {%- set of_marts = {} -%}
    {%- for id in ordered -%}
        {%- set meta = metas.get(id, {}) -%}
        {%- if (nodes[id].get('config') or {}).get('materialized') == 'anonymized' -%}
            {%- do holders.update({id: 'mart'}) -%}
            {%- for listed in tokumei._listed_subjects(meta, parents[id], nodes) -%}
                {%- do holders.setdefault(listed, 'listed') -%}
            {%- endfor -%}
        {%- else -%}
            {%- if meta.get('received') -%}{%- do holders.update({id: 'received'}) -%}{%- endif -%}
            {%- if meta.get('subject') -%}{%- do holders.update({id: 'declared'}) -%}{%- endif -%}
            {%- for column in (nodes[id].get('columns') or {}).values() -%}
                {%- set of_column = ((column.get('config') or {}).get('meta') or column.get('meta') or {}).get('tokumei') -%}
                {%- if of_column is mapping and of_column.get('is') is not none -%}
                    {%- do holders.update({id: 'declared'}) -%}
                {%- endif -%}
            {%- endfor -%}
        {%- endif -%}
        {%- for parent in parents[id] if parent in of_marts or holders.get(parent) in ['mart', 'received'] -%}
            {%- do of_marts.update({id: true}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for id in ordered | reverse if holders.get(id) in ['declared', 'listed', 'upstream'] -%}
        {%- for parent in parents[id] if parent not in of_marts and metas.get(parent, {}).get('personal') is not sameas false -%}
            {%- do holders.setdefault(parent, 'upstream') -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(holders) -}}
{%- endmacro %}

{% macro _listed_subjects(meta, parents, nodes) -%}
    {%- set names = [] -%}
    {%- for condition in meta.get('where') or [] if condition is mapping -%}
        {%- do names.extend([condition.get('subjects_in'), condition.get('subjects_not_in')]) -%}
    {%- endfor -%}
    {%- set listed = [] -%}
    {%- for parent in parents if nodes[parent]['name'] in names -%}{%- do listed.append(parent) -%}{%- endfor -%}
    {{- return(listed) -}}
{%- endmacro %}
