{#- The relation that the user declared as a register; none where nothing is declared, or nothing is built yet. -#}
{% macro register_relation(name) -%}
    {%- set node = tokumei.register_node(name) -%}
    {%- if node is none -%}
        {{- return(none) -}}
    {%- endif -%}
    {{- return(tokumei._standing_relation(node)) -}}
{%- endmacro %}

{#- Where a node lies, if anything lies there. The catalog is asked: in a hook, dbt's own look-up would open a
    transaction on DuckDB, and its cache does not know what others made. -#}
{% macro _standing_relation(node) -%}
    {%- set relation = api.Relation.create(
        database=node['database'], schema=node['schema'], identifier=node.get('identifier') or node.get('alias') or node['name']
    ) -%}
    {%- set kind = run_query('select ' ~ tokumei.sql_relation_kind(relation) ~ ' as kind').rows[0][0] -%}
    {{- return(relation if kind else none) -}}
{%- endmacro %}
