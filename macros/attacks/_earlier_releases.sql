{#- The releases of the mart that stand beside the one looked at and can still be read: what readers may hold. Each: no,
    release (its real records), types, token, unique, and follows (name → relation, types, token) of the same run. -#}
{% macro _earlier_releases(policy, scene) -%}
    {%- set earlier = [] -%}
    {%- for row in tokumei.answer_of(
        'select standing.release_no, standing.release_relation, standing.invocation_id, standing.records_out, standing.subjects_out from '
        ~ tokumei.standing_releases() ~ ' as standing where standing.mart = ' ~ tokumei.sql_literal(policy['mart'])
        ~ ' and standing.release_relation <> ' ~ tokumei.sql_literal(scene.get('released') or '') ~ ' order by standing.release_no'
    ).rows -%}
        {%- set held = tokumei._held_release(row[1], policy['token']) -%}
        {%- if held is not none -%}
            {%- do held.update({'no': row[0] | int, 'unique': row[3] == row[4], 'follows': {}}) -%}
            {%- for followed in policy['follows'] -%}
                {%- set beside = tokumei.answer_of(
                    'select standing.release_relation from ' ~ tokumei.standing_releases() ~ ' as standing where standing.mart = '
                    ~ tokumei.sql_literal(followed['name']) ~ ' and standing.invocation_id = ' ~ tokumei.sql_literal(row[2])
                ).rows -%}
                {%- set told = tokumei._held_release(beside[0][0], followed['token']) if beside | length else none -%}
                {%- if told is not none -%}{%- do held['follows'].update({followed['name']: told}) -%}{%- endif -%}
                {%- if told is none and beside | length -%}{%- do held.update({'gone': true}) -%}{%- endif -%}
            {%- endfor -%}
            {#- The followed mart was built first in this run, and drops its old tables first. -#}
            {%- if not held.get('gone') -%}{%- do earlier.append(held) -%}{%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(earlier) -}}
{%- endmacro %}

{#- A release table as it is; none where it was dropped. Its token bears another name if the policy was another. -#}
{% macro _held_release(relation, token) -%}
    {%- set table = tokumei._private_api_relation(tokumei.sql_last_name(relation)) -%}
    {#- Looked up first: to ask DuckDB for the columns of what is gone would end the transaction. -#}
    {%- if tokumei.existing_relation(table) is none -%}
        {{- return(none) -}}
    {%- endif -%}
    {%- set types = tokumei.column_types(table) -%}
    {{- return({
        'release': '(select * from ' ~ relation ~ ' as every_record where not every_record.tokumei_synthetic)' if 'tokumei_synthetic' in types else relation,
        'types': types,
        'token': 'tokumei_token' if 'tokumei_token' in types else token if token in types else none,
    }) -}}
{%- endmacro %}

{#- The release looked at, in the same form. -#}
{% macro _present_release(policy, scene) -%}
    {%- set follows = {} -%}
    {%- for followed in policy['follows'] -%}
        {%- do follows.update({followed['name']: {'release': scene['follows'][followed['name']], 'token': followed['token']}}) -%}
    {%- endfor -%}
    {{- return({'release': scene['release'], 'token': policy['token'], 'unique': scene['unique'], 'follows': follows}) -}}
{%- endmacro %}

{#- The quasi-identifiers of the dataset that both releases show, as [name, mart it follows or none, column]. -#}
{% macro _classes_in_common(policy, held) -%}
    {%- set shared = [] -%}
    {%- for column in policy['columns'] if column['quasi_identifier'] and column['name'] in held['types'] -%}
        {%- do shared.append([column['name'], none, column['name']]) -%}
    {%- endfor -%}
    {%- for followed in policy['follows'] if followed['name'] in held['follows'] -%}
        {%- for name in followed['quasi_identifiers'] if name in held['follows'][followed['name']]['types'] -%}
            {%- do shared.append([followed['name'] ~ '.' ~ name, followed['name'], name]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(shared) -}}
{%- endmacro %}

{#- A release joined with what it follows, and the texts of columns of both: values are compared as they read. -#}
{% macro _release_with_followed(held, shared) -%}
    {%- set marts = shared | map(attribute=1) | reject('none') | unique | list -%}
    {%- set joined = [held['release'] ~ ' as mart'] -%}
    {%- for name in marts -%}
        {%- set told = held['follows'][name] -%}
        {%- do joined.append(
            'left join ' ~ told['release'] ~ ' as followed_' ~ loop.index ~ ' on mart.' ~ tokumei.sql_identifier(held['token'])
            ~ ' = followed_' ~ loop.index ~ '.' ~ tokumei.sql_identifier(told['token'])
        ) -%}
    {%- endfor -%}
    {%- set texts = [] -%}
    {%- for name, followed, column in shared -%}
        {%- set alias = 'mart' if followed is none else 'followed_' ~ (marts.index(followed) + 1) -%}
        {%- do texts.append(tokumei.sql_text(alias ~ '.' ~ tokumei.sql_identifier(column))) -%}
    {%- endfor -%}
    {{- return({'joined': joined | join('\n    '), 'texts': texts}) -}}
{%- endmacro %}
