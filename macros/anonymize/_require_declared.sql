{#- The same noise on every price a person paid would be told by the prices; other noise on each mention of their income
    would average out: in a history the policy says which it is. -#}
{% macro _require_draw(policy, column, arguments, unique) -%}
    {%- if not unique and arguments.get('per') is none -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ '.' ~ column['name'] ~ ': add_noise: subjects have several records; got no per; allowed: per: subject (a fact about the person), per: record (a value of each event); see docs/steps/add_noise.md') -%}
    {%- endif -%}
{%- endmacro %}

{#- 履歴: several records of a subject under one pseudonym add up (3-2-5). -#}
{% macro _require_history(policy, unique) -%}
    {%- set pseudonymized = policy['columns'] | selectattr('pseudonym') | list | length > 0 -%}
    {%- if not unique and pseudonymized and policy['history'] is none -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ ': subjects have several records under one pseudonym, and history is not declared; got nothing; allowed: history: {known: …, among: …, at_most: …}; see docs/audits/history_protected.md') -%}
    {%- endif -%}
{%- endmacro %}
