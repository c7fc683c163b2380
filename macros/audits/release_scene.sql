{#- What an audit looks at after the gate: the release the log calls current, and the mart that shows it; none before the
    first release. -#}
{% macro release_scene(policy) -%}
    {%- set node = graph['nodes'][policy['unique_id']] -%}
    {%- set view = api.Relation.create(database=node['database'], schema=node['schema'], identifier=node['alias'], type='view') -%}
    {%- if tokumei.existing_relation(tokumei._private_api_relation('access_log')) is none -%}
        {{- return(none) -}}
    {%- endif -%}
    {%- set row = tokumei._current_release(policy['mart']) -%}
    {%- if row is none -%}
        {{- return(none) -}}
    {%- endif -%}
    {%- if policy['recode'] -%}
        {%- set types = tokumei.column_types(tokumei._parent_relation(policy['source']['unique_id'])) -%}
        {%- do types.update(policy['source']['types']) -%}
        {%- do policy['source'].update({'types': types}) -%}
        {%- do tokumei.read_levels(policy) -%}
    {%- endif -%}
    {%- set follows = {} -%}
    {%- for mart in policy['follows'] -%}
        {%- do follows.update({mart['name']: tokumei._current_release(mart['name'])[0]}) -%}
    {%- endfor -%}
    {{- return({
        'gate': false,
        'release': '(select * from ' ~ row[0] ~ ' as every_record where not every_record.tokumei_synthetic)' if policy['synthetic_share'] else row[0],
        'released': row[0],
        'view': view,
        'unique': row[5] == row[6],
        'facts': {'records_in': row[3], 'subjects_in': row[4], 'records_out': row[5], 'subjects_out': row[6], 'synthetic_subjects': row[7]},
        'types': tokumei.column_types(tokumei._private_api_relation(tokumei.sql_last_name(row[0]))),
        'shown': none if tokumei.serves_readers(policy) and tokumei.open_release(policy['dataset']) != row[1] else tokumei.column_types(view) | list,
        'origin': tokumei._parent_relation(policy['source']['unique_id']) | string,
        'lookups': tokumei._lookup_relations(policy),
        'follows': follows,
        'fingerprint': row[2],
        'invocation_id': row[1],
        'live': none,
    }) -}}
{%- endmacro %}

{% macro existing_relation(relation) -%}
    {{- return(adapter.get_relation(database=relation.database, schema=relation.schema, identifier=relation.identifier)) -}}
{%- endmacro %}

{#- Of the newest release of a mart: relation, invocation, fingerprint, and the counts in and out. -#}
{% macro _current_release(mart) -%}
    {%- set rows = run_query(
        'select release_relation, invocation_id, fingerprint, records_in, subjects_in, records_out, subjects_out, synthetic_subjects from '
        ~ tokumei.standing_releases() ~ ' as standing where mart = ' ~ tokumei.sql_literal(mart) ~ ' order by release_no desc limit 1'
    ).rows -%}
    {{- return(rows[0].values() | list if rows | length else none) -}}
{%- endmacro %}
