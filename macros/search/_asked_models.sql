{#- l and t, as asked or as the policy says: a list of {column, kind, …}, and `told`, the columns they guard. -#}
{% macro _asked_models(errors, policy, asked) -%}
    {%- set models = [] -%}
    {%- set told = [] -%}
    {%- for key in ['l', 't'] -%}
        {%- set given = asked.get(key) if asked.get(key) is not none else policy.get(key) or {} -%}
        {%- for name, threshold in given.items() if given is mapping -%}
            {%- set page = 'audits/l_diverse.md' if key == 'l' else 'audits/t_close.md' -%}
            {%- set problem = tokumei._cannot_be_guarded(policy, name) -%}
            {%- set resolved = threshold is mapping and threshold.get('kind') -%}
            {%- set model = threshold if resolved else tokumei._diversity(threshold) if key == 'l' else tokumei._closeness(threshold) -%}
            {%- if problem is not none -%}
                {%- do tokumei._policy_error(errors, policy['mart'], name, key ~ ': ' ~ problem[0], problem[1], problem[2], page) -%}
            {%- elif model is none -%}
                {%- do tokumei._policy_error(errors, policy['mart'], name, key, threshold, tokumei._thresholds_allowed(key), page) -%}
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
