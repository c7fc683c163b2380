{#- What dbt would do for a table and a mart cannot: refused, never ignored. A contract's names and types are honoured
    (enforce_contract); its constraints would name the row that breaks them. -#}
{% macro _check_configs(errors, node) -%}
    {%- set constraints = node.get('constraints', []) | map(attribute='type') | list -%}
    {%- for column in node['columns'].values() -%}
        {%- for constraint in column.get('constraints', []) -%}
            {%- do constraints.append(constraint['type'] ~ ' of ' ~ column['name']) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if constraints -%}
        {%- do tokumei._policy_error(errors, node['name'], none, 'a mart has no constraints', constraints | join(', '), 'data tests (not_null, unique, relationships), and contract: {enforced: true} for names and types') -%}
    {%- endif -%}
    {%- for key, instead in tokumei._configs_of_tables().items() if node['config'].get(key) -%}
        {%- do tokumei._policy_error(errors, node['name'], none, key ~ ' would have no effect on a mart', key, 'none (null, where the project sets it for all models); ' ~ instead) -%}
    {%- endfor -%}
    {%- if tokumei._has_contract(node) -%}
        {%- for column in node['columns'].values() if not column.get('data_type') -%}
            {%- do tokumei._policy_error(errors, node['name'], column['name'], 'an enforced contract needs the type of every column', 'nothing', 'data_type') -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{#- What dbt-postgres and dbt-duckdb read of a table's or view's configuration, and what to do instead. -#}
{% macro _configs_of_tables() -%}
    {%- set copied = 'a table of your own that reads the mart' -%}
    {{- return({
        'indexes': copied, 'partitioned_by': copied, 'sorted_by': copied,
        'unlogged': 'a crash would empty the release', 'sql_header': 'a pre-hook',
    }) -}}
{%- endmacro %}

{% macro _has_contract(node) -%}
    {{- return((node['config'].get('contract') or {}).get('enforced', false)) -}}
{%- endmacro %}
