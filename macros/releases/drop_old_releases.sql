{#- Release tables but the newest few of the mart are dropped; the newest one and the one before it, to which a dataset
    that was not made in full goes back, and the one that is open to readers, always stay. -#}
{% macro drop_old_releases(policy) -%}
    {%- set open = tokumei.open_release(policy['dataset']) -%}
    {%- set old = tokumei.answer_of(
        'select standing.release_relation from ' ~ tokumei.standing_releases() ~ ' as standing where standing.mart = '
        ~ tokumei.sql_literal(policy['mart']) ~ ' and standing.invocation_id <> ' ~ tokumei.sql_literal(open or '')
        ~ ' order by standing.release_no desc limit 10 offset ' ~ tokumei.kept_releases()
    ) -%}
    {%- for row in old.rows -%}
        {%- do tokumei.run_statement('drop table if exists ' ~ row[0]) -%}
    {%- endfor -%}
{%- endmacro %}

{% macro kept_releases() -%}
    {{- return([var('tokumei_keep_releases', 2) | int, 2] | max) -}}
{%- endmacro %}
