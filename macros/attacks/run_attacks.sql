{#- Tries on a candidate, in the gate, each attack that its policy declares; returns findings as run_audits does. -#}
{% macro run_attacks(policy, scene) -%}
    {%- set findings = [] -%}
    {%- for name in tokumei.declared_attacks(policy) -%}
        {%- for row in tokumei.answer_of(tokumei.attack_query(name, policy, scene)).rows -%}
            {%- do findings.append([name, row[0], row[1] | int, row[2] | float if row[2] is not none else none]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(findings) -}}
{%- endmacro %}

{#- In the order they run: those on one release, then those beside others. -#}
{% macro declared_attacks(policy) -%}
    {{- return(tokumei._attack_names() | select('in', policy.get('attacks') or {}) | list) -}}
{%- endmacro %}

{#- An attack is a query like an audit: column_name, violations, measured. Counts and shares, never a value of the data. -#}
{% macro attack_query(name, policy, scene) -%}
    {{- return(tokumei['attack_' ~ name](policy, scene)) -}}
{%- endmacro %}

{#- An attack tried on the release that the mart shows now, for the generic tests. -#}
{% macro test_of_attack(name) -%}
{%- if not execute -%}
    {{- return('select 1 as parsing') -}}
{%- endif -%}
{%- set policy = tokumei.mart_policy(tokumei._tested_mart(), alone=tokumei._built_here()) -%}
{%- if name not in tokumei.declared_attacks(policy) -%}
    {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ ': a test of an attack that the policy does not declare; got ' ~ name ~ '; allowed: ' ~ (tokumei.declared_attacks(policy) | join(', ') or 'none') ~ '; see docs/attacks.md') -%}
{%- endif -%}
{%- set scene = tokumei.release_scene(policy) -%}
{{ tokumei._violations_of(tokumei.attack_query(name, policy, scene) if scene is not none else tokumei._finding('no release', 1)) }}
{%- endmacro %}
