{#- What the gate tries on a candidate, and how far each attack may get. Nothing has a default: a mart that declares no
    attack runs none. They are limits of a measurement, so the mart, and its fingerprint, do not depend on them. -#}
{% macro _resolve_attacks(errors, policy, meta, passed) -%}
    {%- set given = meta.get('attacks') -%}
    {%- if given is none or given is undefined -%}
        {{- return({}) -}}
    {%- endif -%}
    {%- set mart = policy['mart'] -%}
    {%- if given is not mapping or not given -%}
        {%- do tokumei._policy_error(errors, mart, none, 'attacks', given, 'a map of attacks and their limits', 'attacks.md') -%}
        {{- return({}) -}}
    {%- endif -%}
    {%- do tokumei._check_keys(errors, mart, none, given, tokumei._attack_names()) -%}
    {%- do tokumei._check_attack(errors, mart, given, 'linkage', '{at_most: a share}', ['at_most']) -%}
    {%- do tokumei._check_attack(errors, mart, given, 're_linkage', '{at_most: a share}', ['at_most']) -%}
    {%- do tokumei._check_attack(errors, mart, given, 'singling_out', '{at_most_over_base: a share, columns: [some of the mart]}', ['at_most_over_base'], ['columns']) -%}
    {%- do tokumei._check_attacked_columns(errors, policy, given) -%}
    {%- do tokumei._check_known_histories(errors, mart, given) -%}
    {%- do tokumei._check_difference_safe(errors, mart, given) -%}
    {%- do tokumei._check_linkability(errors, policy, given, passed) -%}
    {{- return(given) -}}
{%- endmacro %}

{% macro _attack_names() -%}
    {{- return(['linkage', 'singling_out', 'inference', 'linkability', 'histories', 'difference_safe', 're_linkage']) -}}
{%- endmacro %}

{#- Marts that the policy wants attacked together with this one: read beside it, not followed. -#}
{% macro _beside(meta) -%}
    {%- set attacks = meta.get('attacks') -%}
    {%- set given = attacks.get('linkability') if attacks is mapping else none -%}
    {{- return(given | map('string') | list if given is mapping else []) -}}
{%- endmacro %}

{% macro _is_share(value) -%}
    {{- return(value is number and value is not boolean and 0 <= value < 1) -}}
{%- endmacro %}

{% macro _check_attack(errors, mart, given, name, allowed, limits, others=[]) -%}
    {%- if name in given and not tokumei._is_limited(given[name], limits, others) -%}
        {%- do tokumei._policy_error(errors, mart, none, 'attacks: ' ~ name, given[name], allowed ~ '; a share is 0 or more and below 1', 'audits/' ~ name ~ '.md') -%}
    {%- endif -%}
{%- endmacro %}

{#- At least one of the limits, each a share, and nothing else but `others`. -#}
{% macro _is_limited(limited, limits, others=[]) -%}
    {%- set state = namespace(sound=limited is mapping) -%}
    {%- if limited is mapping -%}
        {%- set set = limited | select('in', limits) | list -%}
        {%- set state.sound = set | length > 0 and (limited | reject('in', limits + others) | list | length) == 0 -%}
        {%- for limit in set if not tokumei._is_share(limited[limit]) -%}
            {%- set state.sound = false -%}
        {%- endfor -%}
    {%- endif -%}
    {{- return(state.sound) -}}
{%- endmacro %}
