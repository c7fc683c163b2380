{#- What a release was made by: items, treatments, thresholds, the contents of its hierarchies and lists, and the version
    of the treatment code. Not reasons and descriptions. -#}
{% macro fingerprint(policy) -%}
    {%- set columns = [] -%}
    {%- for column in policy['columns'] -%}
        {%- do columns.append([column['name'], column['from'], column['is'], column['steps'], column['item'], column['waive'] | list]) -%}
    {%- endfor -%}
    {%- set contents = [] -%}
    {%- for name, relation in tokumei._fingerprint_relations(policy).items() -%}
        {%- do contents.append([name, tokumei._content_hash(relation)]) -%}
    {%- endfor -%}
    {{- return(local_md5(tojson([
        tokumei.treatment_version(), policy['dataset'], policy['scope'], policy['subject'], policy['source']['name'],
        policy['source']['columns'], policy['k'], policy['max_suppression'], policy['history'], policy['max_history'], policy['synthetic_share'], policy['where'], policy['hide_places'],
        policy['follows'] | map(attribute='name') | list, columns, contents,
    ] + ([{'l': policy['l'], 't': policy['t']}] if policy['l'] or policy['t'] else [])
    + ([[policy['recode'], policy['columns'] | map(attribute='ladder', default=none) | list]] if policy['recode'] else [])
    + ([{'identifier_patterns': policy['identifier_patterns']}] if policy['identifier_patterns']['at_most'] != 0.05 else []), sort_keys=true))) -}}
{%- endmacro %}

{#- Raised whenever the same policy on the same data would give another mart. -#}
{% macro treatment_version() -%}
    {{- return('3') -}}
{%- endmacro %}

{% macro _fingerprint_relations(policy) -%}
    {%- set relations = {} -%}
    {%- for lookup in policy['lookups'] | sort(attribute='name') -%}
        {%- do relations.update({lookup['name']: tokumei._parent_relation(lookup['unique_id'])}) -%}
    {%- endfor -%}
    {{- return(relations) -}}
{%- endmacro %}

{% macro _content_hash(relation) -%}
    {%- set columns = [] -%}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
        {%- do columns.append('entry.' ~ tokumei.sql_identifier(column.name)) -%}
    {%- endfor -%}
    {%- set row = tokumei.first_row(
        'select md5(coalesce(' ~ tokumei.sql_join_rows('hashed.entry')
        ~ ", '')) as hash from (select md5(" ~ tokumei.sql_record_text(columns) ~ ') as entry from ' ~ relation ~ ' as entry) as hashed'
    ) -%}
    {{- return(row[0]) -}}
{%- endmacro %}
