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
    {%- do statements.append('create or replace view ' ~ mart ~ ' as\nselect\n    ' ~ tokumei._lines(names) ~ '\nfrom ' ~ release ~ ' as release') -%}
    {%- do statements.append('comment on view ' ~ mart ~ ' is ' ~ tokumei.sql_literal(tokumei.mart_comment(description))) -%}
    {%- for column in shown -%}
        {%- set item = column['ja'] ~ (' / ' ~ column['en'] if column['en'] and column['en'] != column['ja'] else '') -%}
        {%- do statements.append('comment on column ' ~ mart ~ '.' ~ tokumei.sql_identifier(column['name']) ~ ' is ' ~ tokumei.sql_literal('匿名加工情報: ' ~ item)) -%}
    {%- endfor -%}
    {{- return(statements) -}}
{%- endmacro %}

{#- Whoever meets the mart sees what it is (3-2-3-2). -#}
{% macro mart_comment(description) -%}
    {%- set label = '匿名加工情報' -%}
    {%- set text = description | trim -%}
    {{- return(text if text.startswith(label) else label ~ ' (anonymously processed information). ' ~ text) -}}
{%- endmacro %}
