{#- Release tables but the newest few of the mart are dropped; the live one and the one before it, to which
    a dataset that was not made in full goes back, always stay. -#}
{% macro drop_old_releases(policy) -%}
    {%- set keep = [var('tokumei_keep_releases', 2) | int, 2] | max -%}
    {%- set old = tokumei.run_statement(
        'select standing.release_relation from ' ~ tokumei.standing_releases() ~ ' as standing where standing.mart = '
        ~ tokumei.sql_literal(policy['mart']) ~ ' order by standing.release_no desc limit 10 offset ' ~ keep
    ) -%}
    {%- for row in old.rows -%}
        {%- do tokumei.run_statement('drop table if exists ' ~ row[0]) -%}
    {%- endfor -%}
{%- endmacro %}
