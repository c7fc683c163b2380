{#- Without transactions a run that died may leave a release logged and not shown, or made and not logged. What the log calls
    newest is shown (again), and what is not in the log is dropped. Safe to repeat. -#}
{% macro recover_abandoned(dataset, runs) -%}
    {%- set standing = tokumei._standing_relations(dataset) -%}
    {%- for node in tokumei.marts_of(dataset) -%}
        {%- do tokumei._show_newest(node) -%}
        {%- for run in runs -%}
            {%- set release = tokumei.private_relation(tokumei.release_identifier(node['name'], run)) -%}
            {%- do tokumei.sql_run_batch([tokumei.sql_drop_view(tokumei.rehearsal({'mart': node['name']}, run))]) -%}
            {%- if release not in standing -%}
                {%- do tokumei.sql_run_batch(['drop table if exists ' ~ release]) -%}
            {%- endif -%}
            {%- do tokumei.sql_run_batch(['drop table if exists ' ~ tokumei.private_relation(tokumei.release_identifier(node['name'], run) ~ '_real')]) -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}

{#- What readers were opened stays as it is: settle_dataset sees to it. -#}
{% macro _show_newest(node) -%}
    {%- set newest = run_query(
        'select release_id, release_relation from ' ~ tokumei.standing_releases() ~ ' as standing where mart = '
        ~ tokumei.sql_literal(node['name']) ~ ' order by release_no desc limit 1'
    ).rows -%}
    {%- if newest | length and not tokumei.serves_readers({'dataset': tokumei._meta_of(node).get('dataset'), 'mart': node['name']}) -%}
        {%- do tokumei.sql_run_batch(tokumei.show_release(node, {'release_id': newest[0][0], 'relation': newest[0][1]})) -%}
    {%- endif -%}
{%- endmacro %}

{% macro _standing_relations(dataset) -%}
    {{- return(run_query(
        'select release_relation from ' ~ tokumei.standing_releases() ~ ' as standing where dataset = ' ~ tokumei.sql_literal(dataset)
    ).columns[0].values() | list) -}}
{%- endmacro %}
