{#- The mart is a view on its current release. Replacing a view keeps the views, grants and comments that hang on it. -#}
{% macro switch_mart(policy, mart, release) -%}
    {%- set existing = load_cached_relation(mart) -%}
    {%- set names = tokumei._quoted(policy['columns'] | map(attribute='name') | list, 'release') -%}
    {%- if existing is not none and not tokumei.sql_can_replace_view(existing, policy['columns'], release) -%}
        {%- do tokumei.run_statement('drop ' ~ existing.type ~ ' ' ~ existing) -%}
    {%- endif -%}
    {%- do tokumei.run_statement('create or replace view ' ~ mart ~ ' as\nselect\n    ' ~ tokumei._lines(names) ~ '\nfrom ' ~ release ~ ' as release') -%}
    {%- do tokumei.run_statement('comment on view ' ~ mart ~ ' is ' ~ tokumei.sql_literal('匿名加工情報 (anonymously processed information). ' ~ policy['description'] | trim)) -%}
    {%- for column in policy['columns'] -%}
        {%- set item = column['item']['ja'] ~ (' / ' ~ column['item']['en'] if column['item']['en'] else '') -%}
        {%- do tokumei.run_statement('comment on column ' ~ mart ~ '.' ~ tokumei.sql_identifier(column['name']) ~ ' is ' ~ tokumei.sql_literal('匿名加工情報: ' ~ item)) -%}
    {%- endfor -%}
{%- endmacro %}

{#- Release tables but the newest few of the mart are dropped; the live one is among those kept. -#}
{% macro drop_old_releases(policy) -%}
    {%- set keep = [var('tokumei_keep_releases', 2) | int, 1] | max -%}
    {%- set old = tokumei.run_statement(
        'select release_relation from ' ~ tokumei.private_relation('releases_log') ~ ' where mart = '
        ~ tokumei.sql_literal(policy['mart']) ~ ' order by release_no desc limit 10 offset ' ~ keep
    ) -%}
    {%- for row in old.rows -%}
        {%- do tokumei.run_statement('drop table if exists ' ~ row[0]) -%}
    {%- endfor -%}
{%- endmacro %}
