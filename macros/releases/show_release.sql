{% macro mart_relation(node) -%}
    {{- return(api.Relation.create(database=node['database'], schema=node['schema'], identifier=node['alias'], type='view')) -}}
{%- endmacro %}

{#- The statements after which a mart shows a logged release ({release_id, relation}), with the items of that release. -#}
{% macro show_release(node, release) -%}
    {%- set mart = tokumei.mart_relation(node) -%}
    {{- return(tokumei.mart_statements(mart, mart, tokumei.shown_items(release['release_id']), release['relation'], node['description'])) -}}
{%- endmacro %}

{#- The columns of a logged release with their items, in order. -#}
{% macro shown_items(release_id) -%}
    {%- set shown = [] -%}
    {%- for item in run_query(
        'select ' ~ tokumei._as_said(['column_name', 'item_ja', 'item_en']) ~ ', pseudonym_bits from ' ~ tokumei.private_relation('release_items_log') ~ ' where release_id = '
        ~ tokumei.sql_literal(release_id) ~ ' order by ' ~ tokumei.sql_identifier('position')
    ).rows -%}
        {%- do shown.append({'name': item[0][1:], 'ja': item[1][1:], 'en': item[2][1:], 'pseudonym_bits': item[3]}) -%}
    {%- endfor -%}
    {{- return(shown) -}}
{%- endmacro %}
