{#- What this run builds from a mart of which nothing is open yet: the building role reads what is held, and what it builds
    shows it. With `grants` that is use before publication (法43条3項; 3-2-4 ※2) and an error; without, the run says so. -#}
{% macro held_readers(walk) -%}
    {%- set errors = [] -%}
    {%- set showing = {} -%}
    {%- for id in walk['marts'] if id in selected_resources and id in graph['nodes'] and walk['holders'].get(id) != 'mart' -%}
        {%- set node = graph['nodes'][id] -%}
        {%- if node['resource_type'] in ['model', 'snapshot'] and node['config']['materialized'] != 'ephemeral' -%}
            {%- for mart in walk['marts'][id] if walk['holders'][mart] == 'mart' -%}
                {%- do showing.setdefault(tokumei._meta_of(graph['nodes'][mart]).get('dataset'), []).append(node) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for dataset, nodes in showing.items() if tokumei._open_if_any(dataset) is none -%}
        {%- for node in nodes | unique(attribute='unique_id') if (node['config'].get('grants') or {}).values() | select | list -%}
            {%- do tokumei._policy_error(
                errors, node['name'], none, 'its grants would show a dataset before it is published (法43条3項; 3-2-4 ※2)',
                'grants, while nothing of dataset ' ~ dataset ~ ' is open', 'no grants, or to build it once the dataset is open', 'provision.md'
            ) -%}
        {%- endfor -%}
        {%- do log(
            'tokumei: dataset ' ~ dataset ~ ': nothing of it is open; what is held is shown by '
            ~ nodes | map(attribute='name') | unique | sort | join(', ') ~ '; see docs/provision.md', info=true
        ) -%}
    {%- endfor -%}
    {%- if showing -%}
        {%- do tokumei.sql_commit_now() -%}
    {%- endif -%}
    {{- return(errors) -}}
{%- endmacro %}

{#- Before the first run there are no logs. -#}
{% macro _open_if_any(dataset) -%}
    {%- set log_of_access = api.Relation.create(database=target.database, schema=tokumei.private_schema(), identifier='access_log') -%}
    {%- if run_query('select ' ~ tokumei.sql_relation_kind(log_of_access) ~ ' as kind').rows[0][0] is none -%}
        {{- return(none) -}}
    {%- endif -%}
    {{- return(tokumei.open_release(dataset)) -}}
{%- endmacro %}
