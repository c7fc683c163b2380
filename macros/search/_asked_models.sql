{#- l and t, as asked or as the policy says: a list of {column, kind, …}, and `told`, the columns they guard. -#}
{% macro _asked_models(errors, policy, asked) -%}
    {%- set models = [] -%}
    {%- set told = [] -%}
    {%- for key in ['l', 't'] -%}
        {%- set given = asked.get(key) if asked.get(key) is not none else policy.get(key) or {} -%}
        {%- for name, threshold in given.items() if given is mapping -%}
            {%- set column = policy['columns'] | selectattr('name', 'equalto', name) | first -%}
            {%- set model = threshold if threshold is mapping and threshold.get('kind') else tokumei._asked_model(key, threshold) -%}
            {%- if not column or column['quasi_identifier'] or column['pseudonym'] -%}
                {%- do tokumei._policy_error(errors, policy['mart'], none, key, name, policy['columns'] | rejectattr('quasi_identifier') | rejectattr('pseudonym') | map(attribute='name') | list, 'search.md') -%}
            {%- elif model is none -%}
                {%- do tokumei._policy_error(errors, policy['mart'], name, key, threshold, '2, {entropy: 2}, {recursive: {c: 3, l: 2}}' if key == 'l' else '0.3, {ordered: 0.3}', 'search.md') -%}
            {%- else -%}
                {%- if name not in told -%}{%- do told.append(name) -%}{%- endif -%}
                {%- do models.append(dict(model, told=told.index(name))) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if given is not mapping -%}
            {%- do tokumei._policy_error(errors, policy['mart'], none, key, given, '{column: threshold}', 'search.md') -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return({'models': models, 'told': told}) -}}
{%- endmacro %}

{#- One threshold as a policy writes it; none where it is wrong. -#}
{% macro _asked_model(key, threshold) -%}
    {%- set number = threshold is number and threshold is not boolean -%}
    {%- if threshold is mapping and threshold | length == 1 and key == 'l' and threshold.get('entropy') is number and threshold['entropy'] > 1 -%}
        {{- return({'kind': 'entropy', 'l': threshold['entropy']}) -}}
    {%- elif threshold is mapping and threshold | length == 1 and key == 'l' and threshold.get('recursive') is mapping -%}
        {%- set given = threshold['recursive'] -%}
        {{- return({'kind': 'recursive', 'c': given['c'], 'l': given['l']} if given.get('c') is number and given['c'] > 0 and given.get('l') is integer and given['l'] >= 2 else none) -}}
    {%- elif threshold is mapping and threshold | length == 1 and key == 't' and threshold.get('ordered') is number and 0 < threshold['ordered'] < 1 -%}
        {{- return({'kind': 'ordered', 't': threshold['ordered']}) -}}
    {%- elif number and key == 'l' and threshold is integer and threshold >= 2 -%}
        {{- return({'kind': 'distinct', 'l': threshold}) -}}
    {%- elif number and key == 't' and 0 < threshold < 1 -%}
        {{- return({'kind': 'equal', 't': threshold}) -}}
    {%- endif -%}
    {{- return(none) -}}
{%- endmacro %}
