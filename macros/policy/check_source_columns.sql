{#- The source as it is in the warehouse: a column nobody classified is an error, and so is a declared one that is gone or
    of another type (a schema that drifted must not slip through). Fills in the types that were not declared. -#}
{% macro check_source_columns(policy) -%}
    {%- set errors = [] -%}
    {%- set source = policy['source'] -%}
    {%- set found = [] -%}
    {%- do source.update({'declared': source['types'].items() | selectattr(1) | map(attribute=0) | list}) -%}
    {%- for column in adapter.get_columns_in_relation(tokumei._parent_relation(source['unique_id'])) -%}
        {%- set family = tokumei._type_family(column.data_type) -%}
        {%- set declared = source['types'].get(column.name) -%}
        {%- do found.append(column.name) -%}
        {%- if column.name not in source['columns'] -%}
            {%- do tokumei._policy_error(errors, source['name'], column.name, 'the column is not classified', 'no is:', tokumei.classifications()) -%}
        {%- elif declared is not none and declared != family -%}
            {%- do tokumei._policy_error(errors, source['name'], column.name, 'the column is of another type than declared', column.data_type, declared) -%}
        {%- endif -%}
        {%- do source['types'].update({column.name: family}) -%}
        {%- do source['data_types'].update({column.name: column.data_type}) -%}
    {%- endfor -%}
    {%- if not found -%}
        {%- do tokumei._policy_error(errors, source['name'], none, 'the relation is not in the warehouse, or this role may not read it') -%}
        {%- do tokumei._raise_together(errors) -%}
    {%- endif -%}
    {%- for name in source['columns'] if name not in found -%}
        {%- do tokumei._policy_error(errors, source['name'], name, 'the column is classified but not in the warehouse', 'no such column', found) -%}
    {%- endfor -%}
    {%- do tokumei._check_lookup_columns(errors, policy) -%}
    {%- do tokumei.read_levels(policy) -%}
    {%- if policy['recode'] -%}
        {%- do tokumei._check_lattice(errors, policy) -%}
    {%- endif -%}
    {%- if policy['hide_places'] -%}
        {%- do tokumei._check_places_types(errors, policy, policy['hide_places']) -%}
    {%- endif -%}
    {%- for condition in policy['where'] if condition.get('column') in found and 'is' not in condition -%}
        {%- set comparison = condition | list | reject('equalto', 'column') | first -%}
        {%- do tokumei._check_where_value(errors, policy, condition['column'], comparison, condition[comparison]) -%}
    {%- endfor -%}
    {%- if errors -%}
        {%- do exceptions.raise_compiler_error('\n' ~ errors | join('\n')) -%}
    {%- endif -%}
{%- endmacro %}
