{#- The mart is a view on its current release. Replacing a view keeps the views, grants and comments that hang on it. -#}
{% macro switch_mart(policy, mart, release) -%}
    {%- set shown = [] -%}
    {%- for column in policy['columns'] -%}
        {%- do shown.append({'name': column['name'], 'ja': column['item']['ja'], 'en': column['item']['en']}) -%}
    {%- endfor -%}
    {%- do tokumei.run_statements(tokumei.mart_statements(mart, load_cached_relation(mart), shown, release, policy['description']) + tokumei.sql_grant_statements(mart, {})) -%}
{%- endmacro %}

{#- What makes a view show a release: `shown` is its columns with their items, in order. -#}
{% macro mart_statements(mart, existing, shown, release, description) -%}
    {%- set statements = [] -%}
    {%- if existing is not none and not tokumei.sql_can_replace_view(existing, shown, release) -%}
        {%- do statements.append('drop ' ~ existing.type ~ ' ' ~ existing) -%}
    {%- endif -%}
    {%- set names = tokumei._quoted(shown | map(attribute='name') | list, 'release') -%}
    {%- set comments = [] -%}
    {%- for column in shown -%}
        {%- set item = column['ja'] ~ (' / ' ~ column['en'] if column['en'] and column['en'] != column['ja'] else '') -%}
        {%- do comments.append([column['name'], '匿名加工情報: ' ~ item]) -%}
    {%- endfor -%}
    {%- set query = 'select\n    ' ~ tokumei._lines(names) ~ '\nfrom ' ~ release ~ ' as release' -%}
    {%- do statements.extend(tokumei.sql_show_view(mart, query, tokumei.mart_comment(description), comments)) -%}
    {{- return(statements) -}}
{%- endmacro %}

{#- Whoever meets the mart sees what it is (3-2-3-2). -#}
{% macro mart_comment(description) -%}
    {%- set label = '匿名加工情報' -%}
    {%- set text = description | trim -%}
    {{- return(text if text.startswith(label) else label ~ ' (anonymously processed information). ' ~ text) -}}
{%- endmacro %}

{#- Where nothing can be undone, a view that nobody reads shows the release first, to be audited. -#}
{% macro rehearsal(policy, run=none) -%}
    {{- return(api.Relation.create(
        database=target.database | default(none), schema=tokumei.private_schema(), identifier='rehearsal_' ~ tokumei.release_identifier(policy['mart'], run), type='view'
    )) -}}
{%- endmacro %}

{#- A newer run of the dataset has taken the key: what this one made under the old one is not shown. -#}
{% macro refuse_lost_key(policy) -%}
    {%- if not tokumei.sql_holds_key(policy['dataset']) -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ ': another run of the dataset took over; see docs/releases.md') -%}
    {%- endif -%}
{%- endmacro %}
