{#- The release table holds the declared items and the token, the mart shows the declared items, and nothing else. -#}
{% macro audit_only_declared_columns(policy, scene) -%}
    {%- set declared = policy['columns'] | map(attribute='name') | list -%}
    {%- set private = declared if policy['token'] in declared else declared + [policy['token']] -%}
    {%- set held = scene['types'] | list -%}
    {%- set shown = scene['shown'] -%}
    {%- set extra = held | reject('in', private) | list + shown | reject('in', declared) | list -%}
    {%- set missing = private | reject('in', held) | list + (declared | reject('in', shown) | list if shown else []) -%}
    {{- return(tokumei._finding('', extra | length + missing | length)) -}}
{%- endmacro %}
