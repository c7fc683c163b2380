{#- The share of a column's values that may read as an identifier beyond chance. Unlike the other limits it has a default:
    without one, a mart would have to say that it does not publish telephone numbers. -#}
{% macro _resolve_identifier_patterns(errors, policy, meta) -%}
    {%- set given = meta.get('identifier_patterns', {'at_most': 0.05}) -%}
    {%- set limit = given['at_most'] if given is mapping and (given | list) == ['at_most'] else none -%}
    {%- if limit is boolean or limit is not number or limit < 0 or limit > 0.5 -%}
        {%- do tokumei._policy_error(errors, policy['mart'], none, 'identifier_patterns', given if given is not none else 'nothing', '{at_most: a share of the values of a column, 0 to 0.5}', 'audits/no_identifier_patterns.md') -%}
    {%- endif -%}
    {%- do policy.update({'identifier_patterns': {'at_most': limit}}) -%}
{%- endmacro %}
