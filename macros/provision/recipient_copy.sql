{#- What a recipient reads of a mart: a relation beside it. At most 63 bytes, and never the name of another node. -#}
{% macro recipient_view(node, recipient) -%}
    {%- set plain = node['alias'] ~ '__' ~ recipient -%}
    {%- set identifier = plain if plain.encode('utf-8') | length <= 63 else 'mart__' ~ local_md5(plain)[:16] ~ '__' ~ recipient -%}
    {%- for other in graph['nodes'].values() if other['resource_type'] in ['model', 'seed', 'snapshot'] and other['schema'] == node['schema'] and other['alias'] == identifier -%}
        {%- do exceptions.raise_compiler_error('tokumei: recipients.' ~ recipient ~ ': the recipient\'s view of ' ~ node['name'] ~ ' would replace another node; got ' ~ identifier ~ '; allowed: a recipient that makes another name; see docs/provision.md') -%}
    {%- endfor -%}
    {{- return(api.Relation.create(database=node['database'], schema=node['schema'], identifier=identifier, type='view')) -}}
{%- endmacro %}

{#- The key of a recipient's copies is one of its own, held where a release's key is. -#}
{% macro copy_key(dataset, recipient) -%}
    {{- return(dataset ~ ' for ' ~ recipient) -}}
{%- endmacro %}

{#- A release as one recipient gets it, under a key that is held now: pseudonyms are hashed again, in all marts alike, so
    that they still join among each other and with nobody else's; rows lie in an order drawn by the same key. -#}
{% macro copy_query(release_relation, mart, shown, key) -%}
    {%- set secret = {'dataset': key, 'mart': mart, 'scope': 'shared'} -%}
    {%- set columns = [] -%}
    {%- for column in shown -%}
        {%- set name = tokumei.sql_identifier(column['name']) -%}
        {%- if column['pseudonym_bits'] -%}
            {#- Of a pseudonym the first 128 bits, which short and long ones share. -#}
            {%- set hashed = tokumei.keyed_hash(secret, 'copy', [], ['substr(numbered.' ~ name ~ ', 1, 32)']) -%}
            {%- do columns.append('substr(' ~ hashed ~ ', 1, ' ~ (column['pseudonym_bits'] | int) // 4 ~ ') as ' ~ name) -%}
        {%- else -%}
            {%- do columns.append('numbered.' ~ name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set names = tokumei._quoted(shown | map(attribute='name') | list, 'release') -%}
    {{- return(
        'with numbered as (\n    select\n        ' ~ tokumei._lines(names, 8) ~ ',\n        row_number() over () as tokumei_row\n    from ' ~ release_relation
        ~ ' as release\n)\n\nselect\n    ' ~ tokumei._lines(columns) ~ '\nfrom numbered\norder by '
        ~ tokumei.keyed_hash(secret, 'order of the copy', [mart], [tokumei.sql_text('numbered.tokumei_row')])
    ) -}}
{%- endmacro %}

{#- The statements that make a recipient's copies of all marts of a release, and the views on them, under a new key that
    is gone when they take effect: what a recipient has built on an earlier copy of another shape goes with it. -#}
{% macro copy_statements(dataset, release, recipient) -%}
    {%- set key = tokumei.copy_key(dataset, recipient) -%}
    {%- do tokumei.sql_take_key(key) -%}
    {%- do tokumei.log_key(key, 'taken') -%}
    {%- set statements = [] -%}
    {%- for node in tokumei.marts_in(release) -%}
        {%- set made = release['marts'][node['name']] -%}
        {%- set shown = tokumei.shown_items(made['release_id']) -%}
        {%- set copy = tokumei.private_relation(tokumei.release_identifier(node['name'] ~ '__' ~ recipient)) -%}
        {%- set view = tokumei.recipient_view(node, recipient) -%}
        {%- do statements.append('create table ' ~ copy ~ ' as\n' ~ tokumei.copy_query(made['relation'], node['name'], shown, key)) -%}
        {%- do statements.extend(tokumei.sql_grant_statements(copy, {})) -%}
        {%- if not tokumei.sql_can_replace_view(view, shown, made['relation']) -%}
            {%- do statements.append(tokumei.sql_drop_view(view)) -%}
        {%- endif -%}
        {%- do statements.extend(tokumei.mart_statements(view, none, shown, copy, node['description'])) -%}
        {%- do statements.append(tokumei.log_row('copies_log', [dataset, release['release'], recipient, node['name'], copy, view | string, tokumei.utc_now()])) -%}
    {%- endfor -%}
    {{- return(statements + ['drop table ' ~ tokumei.sql_key_store(key), tokumei.log_keys_destroyed_statement(key)]) -}}
{%- endmacro %}
