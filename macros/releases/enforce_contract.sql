{#- contract: {enforced: true}: the columns of a candidate are of the declared types, as dbt compares them; their names and
    order are the policy's already. All that differ are said at once. -#}
{% macro enforce_contract(policy, candidate) -%}
    {%- set node = graph['nodes'][policy['unique_id']] -%}
    {%- if tokumei._has_contract(node) -%}
        {%- set promised = [] -%}
        {%- set names = [] -%}
        {%- for column in node['columns'].values() -%}
            {%- set name = tokumei.sql_identifier(column['name']) -%}
            {%- do names.append(name) -%}
            {%- do promised.append('cast(null as ' ~ column['data_type'] ~ ') as ' ~ name) -%}
        {%- endfor -%}
        {%- set declared = get_column_schema_from_query('select ' ~ promised | join(', ')) -%}
        {%- set made = get_column_schema_from_query('select ' ~ names | join(', ') ~ ' from ' ~ candidate) -%}
        {%- set errors = [] -%}
        {%- for column in made -%}
            {%- set type = declared[loop.index0].dtype -%}
            {%- if column.dtype != type -%}
                {%- do tokumei._policy_error(errors, policy['mart'], column.name, 'the contract is not kept: the column is of another type than declared', column.dtype, type) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- do tokumei._raise_together(errors) -%}
    {%- endif -%}
{%- endmacro %}
