{#- What the audits look at: in the gate a candidate and its source, afterwards the release the log calls current. -#}
{% macro gate_scene(policy, mart, candidate, facts) -%}
    {%- set types = tokumei.column_types(tokumei._private_api_relation(candidate)) -%}
    {{- return({
        'gate': true,
        'release': facts['candidate'],
        'view': mart,
        'unique': facts['unique'],
        'facts': facts,
        'types': types,
        'values': tokumei.store_distinct_values(policy, facts, types),
        'shown': [],
        'origin': facts['at']['origin'],
        'origin_has_places': tokumei.has_row_places(tokumei._parent_relation(policy['source']['unique_id'])),
        'lookups': facts['at']['lookups'],
        'follows': facts['at']['follows'],
        'fingerprint': tokumei.fingerprint(policy),
        'invocation_id': invocation_id,
        'live': tokumei.live_release(policy),
    }) -}}
{%- endmacro %}

{#- Whether the records of a relation lie in an order of their own: a view's do not. -#}
{% macro has_row_places(relation) -%}
    {{- return(tokumei.first_row('select ' ~ tokumei.sql_has_row_places(relation) ~ ' as has_places')[0]) -}}
{%- endmacro %}

{#- name → family of each column of a relation. -#}
{% macro column_types(relation) -%}
    {%- set types = {} -%}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
        {%- do types.update({column.name: tokumei._type_family(column.data_type)}) -%}
    {%- endfor -%}
    {{- return(types) -}}
{%- endmacro %}

{% macro _private_api_relation(identifier) -%}
    {{- return(api.Relation.create(database=target.database | default(none), schema=tokumei.private_schema(), identifier=identifier)) -}}
{%- endmacro %}

{#- The release the mart shows now, if it still has the same pseudonyms to compare. -#}
{% macro live_release(policy) -%}
    {%- set rows = tokumei.answer_of(
        'select standing.release_relation from ' ~ tokumei.standing_releases() ~ ' as standing where standing.mart = '
        ~ tokumei.sql_literal(policy['mart']) ~ ' order by standing. release_no desc limit 1'
    ).rows -%}
    {%- if rows | length == 0 -%}
        {{- return(none) -}}
    {%- endif -%}
    {%- set identifier = tokumei.sql_last_name(rows[0][0]) -%}
    {%- set held = tokumei.column_types(tokumei._private_api_relation(identifier)) -%}
    {%- for column in policy['columns'] if column['pseudonym'] and column['name'] not in held -%}
        {{- return(none) -}}
    {%- endfor -%}
    {{- return(rows[0][0] if held else none) -}}
{%- endmacro %}
