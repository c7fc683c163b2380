{#- What this run builds from a mart that is not open: the building role reads what is held, and what it builds shows it.
    With `grants` that is use before publication (法43条3項; 3-2-4 ※2) and an error; without, the run says so. -#}
{% macro held_readers(walk) -%}
    {%- set showing = {} -%}
    {%- for id in walk['marts'] if id in selected_resources and id in graph['nodes'] and walk['holders'].get(id) != 'mart' -%}
        {%- set node = graph['nodes'][id] -%}
        {%- if node['resource_type'] in ['model', 'snapshot'] and node['config']['materialized'] != 'ephemeral' -%}
            {%- for mart in walk['marts'][id] if walk['holders'][mart] == 'mart' -%}
                {%- do showing.setdefault(mart, []).append(node) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set errors = [] -%}
    {%- for mart, nodes in showing.items() if not tokumei._is_open(graph['nodes'][mart]) -%}
        {%- for node in nodes if (node['config'].get('grants') or {}).values() | select | list -%}
            {%- do tokumei._policy_error(
                errors, node['name'], none, 'its grants would show a mart before it is published (法43条3項; 3-2-4 ※2)',
                'grants, while ' ~ graph['nodes'][mart]['name'] ~ ' is not open', 'no grants, or to build it once the mart is open', 'provision.md'
            ) -%}
        {%- endfor -%}
        {%- do log(
            'tokumei: dataset ' ~ tokumei._meta_of(graph['nodes'][mart]).get('dataset') ~ ': ' ~ graph['nodes'][mart]['name']
            ~ ' is not open, and is shown by ' ~ nodes | map(attribute='name') | sort | join(', ') ~ '; see docs/provision.md', info=true
        ) -%}
    {%- endfor -%}
    {%- if showing -%}
        {%- do tokumei.sql_commit_now() -%}
    {%- endif -%}
    {{- return(errors) -}}
{%- endmacro %}

{#- Whether readers see this mart; before the first run there are no logs. -#}
{% macro _is_open(node) -%}
    {%- set log_of_access = api.Relation.create(database=target.database | default(none), schema=tokumei.private_schema(), identifier='access_log') -%}
    {%- if run_query('select ' ~ tokumei.sql_relation_kind(log_of_access) ~ ' as kind').rows[0][0] is none -%}
        {{- return(false) -}}
    {%- endif -%}
    {{- return(tokumei.serves_readers({'dataset': tokumei._meta_of(node).get('dataset'), 'mart': node['name']})) -}}
{%- endmacro %}
