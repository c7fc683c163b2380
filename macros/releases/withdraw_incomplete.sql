{#- A dataset is released as a whole or not at all: if this run made some of its marts and not the others, those made show
    their previous release again, and the new one is gone. That it happened stays in the logs. -#}
{% macro withdraw_incomplete(dataset) -%}
    {%- set made = run_query(
        'select mart, release_id, release_no, release_relation, mart_relation from ' ~ tokumei.standing_releases()
        ~ ' as standing where dataset = ' ~ tokumei.sql_literal(dataset) ~ ' and invocation_id = ' ~ tokumei.sql_literal(invocation_id)
        ~ ' order by released_at desc'
    ).rows -%}
    {%- if 0 < made | length < tokumei.marts_of(dataset) | length -%}
        {%- for row in made -%}
            {%- do tokumei.sql_run_together(tokumei._withdrawal(dataset, row)) -%}
            {%- do log('tokumei: ' ~ row[0] ~ ': taken back, because dataset ' ~ dataset ~ ' was not made in full; the mart shows its previous release; see docs/releases.md', info=true) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{% macro _withdrawal(dataset, row) -%}
    {%- set node = tokumei.marts_of(dataset) | selectattr('name', 'equalto', row[0]) | first -%}
    {%- set mart = api.Relation.create(database=node['database'], schema=node['schema'], identifier=node['alias'], type='view') -%}
    {%- set previous = run_query(
        'select release_id, release_relation from ' ~ tokumei.standing_releases() ~ ' as standing where mart = '
        ~ tokumei.sql_literal(row[0]) ~ ' and release_no < ' ~ row[2] ~ ' order by release_no desc limit 1'
    ).rows -%}
    {%- if previous | length -%}
        {%- set shown = [] -%}
        {%- for item in run_query(
            'select column_name, item_ja, item_en from ' ~ tokumei.private_relation('release_items_log') ~ ' where release_id = '
            ~ tokumei.sql_literal(previous[0][0]) ~ ' order by "position"'
        ).rows -%}
            {%- do shown.append({'name': item[0], 'ja': item[1], 'en': item[2]}) -%}
        {%- endfor -%}
        {%- set statements = tokumei.mart_statements(mart, mart, shown, previous[0][1], node['description']) -%}
    {%- else -%}
        {#- The first release of all: what was built on it was built in this same run. -#}
        {%- set statements = ['drop view if exists ' ~ mart ~ ' cascade'] -%}
    {%- endif -%}
    {{- return(statements + [
        tokumei.log_row('withdrawals_log', [row[1], dataset, row[0], tokumei.utc_now()]),
        'drop table ' ~ row[3],
    ]) -}}
{%- endmacro %}
