{#- The statements that open a release: marts that are not in it, because the dataset gained them since, stay shut. -#}
{% macro _open_statements(release, open) -%}
    {%- set dataset = release['dataset'] -%}
    {%- set statements = [] -%}
    {%- for node in tokumei.marts_of(dataset) -%}
        {%- set held = node['name'] not in release['marts'] -%}
        {%- if not held and release['release'] != open -%}
            {%- do statements.extend(tokumei.show_release(node, release['marts'][node['name']])) -%}
        {%- endif -%}
        {%- set grants = node['config'].get('grants') -%}
        {%- if held or grants -%}
            {%- do statements.extend(tokumei.sql_grant_statements(tokumei.mart_relation(node), {} if held else grants)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if release['release'] != open -%}
        {%- do statements.extend(tokumei._shut_what_left(dataset, open)) -%}
        {%- do statements.append(tokumei.log_access(dataset, release['release'], 'opened')) -%}
        {%- do log('tokumei: dataset ' ~ dataset ~ ': release ' ~ release['release'] ~ ' is open to its readers', info=true) -%}
    {%- endif -%}
    {{- return(statements) -}}
{%- endmacro %}

{#- The statements after which nothing of the dataset is open, and its marts show the newest release. -#}
{% macro _close_statements(newest, open) -%}
    {%- set dataset = newest['dataset'] -%}
    {%- set statements = [] -%}
    {%- for node in tokumei.marts_of(dataset) -%}
        {%- if open is not none and node['name'] in newest['marts'] -%}
            {%- do statements.extend(tokumei.show_release(node, newest['marts'][node['name']])) -%}
        {%- endif -%}
        {%- do statements.extend(tokumei.sql_grant_statements(tokumei.mart_relation(node), {})) -%}
    {%- endfor -%}
    {%- if open is not none -%}
        {%- do statements.extend(tokumei._shut_what_left(dataset, open)) -%}
        {%- do statements.append(tokumei.log_access(dataset, open, 'closed')) -%}
        {%- do log('tokumei: dataset ' ~ dataset ~ ': release ' ~ open ~ ' is no longer covered: closed; see docs/provision.md', info=true) -%}
    {%- endif -%}
    {{- return(statements) -}}
{%- endmacro %}

{#- Marts of a release that the project no longer makes keep their views, and nobody the right to read them. -#}
{% macro _shut_what_left(dataset, open) -%}
    {%- set statements = [] -%}
    {%- set made = tokumei.marts_of(dataset) | map(attribute='name') | list -%}
    {%- for row in run_query(
        'select ' ~ tokumei._as_said(['standing.mart', 'standing.mart_relation']) ~ ' from ' ~ tokumei.standing_releases() ~ ' as standing where standing.dataset = '
        ~ tokumei.sql_literal(dataset) ~ ' and standing.invocation_id = ' ~ tokumei.sql_literal(open)
    ).rows if row[0][1:] not in made -%}
        {%- do statements.extend(tokumei.sql_grant_statements(row[1][1:], {})) -%}
    {%- endfor -%}
    {{- return(statements) -}}
{%- endmacro %}
