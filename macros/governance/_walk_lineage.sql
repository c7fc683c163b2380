{#- The ban on identification (法43条5項, 45条) read off the graph: what reads a mart beside personal data, what is made from
    a mart and declares persons, what reads method information. One walk, parents first: what a mart read ends at the
    mart; what brings the two together is a finding, and from there on personal data, so that the place is named where
    they meet and not all that follows. -#}
{% macro _walk_lineage() -%}
    {%- set nodes = tokumei._lineage_nodes() -%}
    {%- set metas = tokumei._lineage_metas(nodes) -%}
    {%- set parents = tokumei._lineage_parents(nodes) -%}
    {%- set ordered = tokumei._parents_first(parents) -%}
    {%- set holders = tokumei._holders_of_persons(nodes, metas, parents, ordered) -%}
    {%- set places = tokumei._places_of(holders, nodes) -%}
    {%- set private = tokumei.private_schema() | lower -%}
    {%- set schemas = [private] -%}
    {%- for id in places.values() -%}{%- do schemas.append(nodes[id]['schema'] | lower) -%}{%- endfor -%}
    {%- set texts = tokumei._telling_sql(nodes, schemas | unique | list) -%}
    {%- set walk = {'nodes': nodes, 'metas': metas, 'parents': parents, 'holders': holders, 'marts': {}, 'persons': {}, 'findings': {}} -%}
    {%- for id in ordered -%}
        {%- set kind = holders.get(id) -%}
        {%- set marts = {} -%}
        {%- set persons = {} -%}
        {%- set method = [] -%}
        {%- for parent in parents[id] -%}
            {#- The gate reads marts that are followed or beside; a hierarchy made from a mart is not its own. -#}
            {%- for mart in walk['marts'][parent] if kind != 'mart' or holders.get(parent) != 'mart' -%}{%- do marts.setdefault(mart, parent) -%}{%- endfor -%}
            {%- for person in walk['persons'][parent] -%}{%- do persons.setdefault(person, parent) -%}{%- endfor -%}
            {%- if (nodes[parent].get('schema') or '') | lower == private -%}{%- do method.append(tokumei._lineage_name(nodes[parent])) -%}{%- endif -%}
        {%- endfor -%}
        {%- if id in texts -%}
            {%- for named in tokumei._named_in_sql(texts[id], places) if named != id -%}
                {%- do (marts if holders[named] in ['mart', 'received'] else persons).setdefault(named, none) -%}
            {%- endfor -%}
            {%- do method.extend(tokumei._method_in_sql(nodes[id], texts[id], private)) -%}
        {%- endif -%}
        {%- do walk['marts'].update({id: marts}) -%}
        {%- do walk['persons'].update({id: persons}) -%}
        {%- do walk['findings'].update({id: tokumei._lineage_finding(walk, id, method | unique | list)}) -%}
        {%- if kind == 'mart' -%}
            {%- do walk['marts'].update({id: {id: id}}) -%}
            {%- do walk['persons'].update({id: {}}) -%}
        {%- elif kind in ['declared', 'listed', 'upstream'] -%}
            {%- do walk['persons'].update({id: {id: id}}) -%}
        {%- endif -%}
        {%- if kind == 'declared' or (marts and persons and kind != 'mart') -%}
            {%- do walk['marts'].update({id: {}}) -%}
        {%- elif kind == 'received' -%}
            {%- do walk['marts'].update({id: {id: id}}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(walk) -}}
{%- endmacro %}
