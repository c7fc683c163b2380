{#- The relations passed to a mart as they are in the warehouse: each has the columns it is joined by and read for. -#}
{% macro _check_lookup_columns(errors, policy) -%}
    {%- set needs = [] -%}
    {%- for column in policy['columns'] -%}
        {%- for step in column['steps'] if step['name'] in ['lookup', 'suppress_listed', 'generalize_rare'] -%}
            {%- set arguments = step['arguments'] -%}
            {%- set levels = {'lookup': [arguments.get('to')], 'generalize_rare': tokumei._levels(policy, arguments)}.get(step['name'], []) -%}
            {%- do needs.append([column['name'], arguments.get('hierarchy') or arguments.get('list'), ['value'] + levels, 'steps/' ~ step['name'] ~ '.md']) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for condition in policy['where'] if condition.get('subjects_in') or condition.get('subjects_not_in') -%}
        {%- do needs.append([none, condition.get('subjects_in') or condition.get('subjects_not_in'), [policy['subject']], 'policy.md']) -%}
    {%- endfor -%}
    {%- for need in needs -%}
        {%- set unique_id = (policy['lookups'] | selectattr('name', 'equalto', need[1]) | first)['unique_id'] -%}
        {%- set found = adapter.get_columns_in_relation(tokumei._parent_relation(unique_id)) | map(attribute='name') | list -%}
        {%- if not found -%}
            {%- do tokumei._policy_error(errors, policy['mart'], need[0], 'the relation ' ~ need[1] ~ ' is not in the warehouse, or this role may not read it', 'no columns', 'a relation that is built', need[3]) -%}
        {%- endif -%}
        {%- for name in need[2] if found and name not in found -%}
            {%- do tokumei._policy_error(errors, policy['mart'], need[0], 'the relation ' ~ need[1] ~ ' has no such column', name, found, need[3]) -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}
