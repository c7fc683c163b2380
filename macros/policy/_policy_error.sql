{#- One finding, in the one form every error of a policy has. It may quote the policy, never the data. -#}
{% macro _policy_error(errors, model, column, what, got=none, allowed=none, page='policy.md') -%}
    {%- set place = model if column is none else model ~ '.' ~ column -%}
    {%- set parts = ['tokumei: ' ~ place ~ ': ' ~ what] -%}
    {%- if got is not none -%}{%- do parts.append('got ' ~ got) -%}{%- endif -%}
    {%- if allowed is not none -%}
        {%- do parts.append('allowed: ' ~ (allowed if allowed is string else allowed | join(', '))) -%}
    {%- endif -%}
    {%- do parts.append('see docs/' ~ page) -%}
    {%- do errors.append(parts | join('; ') | replace('\n', ' ')) -%}
{%- endmacro %}

{% macro _raise_together(errors) -%}
    {%- if errors -%}
        {%- do exceptions.raise_compiler_error('\n' ~ errors | unique | join('\n')) -%}
    {%- endif -%}
{%- endmacro %}
