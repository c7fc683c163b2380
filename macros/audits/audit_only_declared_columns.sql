{#- The release table holds the declared items and the token, the mart shows the declared items, and nothing else: after
    the gate, no row either that is not in the release. A mart that waits shows an earlier one. -#}
{% macro audit_only_declared_columns(policy, scene) -%}
    {%- set declared = policy['columns'] | map(attribute='name') | list -%}
    {%- set private = declared if policy['token'] in declared else declared + [policy['token']] -%}
    {%- set private = private + (['tokumei_synthetic'] if policy['synthetic_share'] else []) -%}
    {%- set held = scene['types'] | list -%}
    {%- set shown = declared if scene['shown'] is none else scene['shown'] -%}
    {%- set extra = held | reject('in', private) | list + shown | reject('in', declared) | list -%}
    {%- set missing = private | reject('in', held) | list + declared | reject('in', shown) | list -%}
    {%- set finding = tokumei._finding('', extra | length + missing | length) -%}
    {%- if scene['gate'] or missing or scene['shown'] is none -%}
        {{- return(finding) -}}
    {%- endif -%}
    {%- set columns = tokumei._quoted(declared) | join(', ') -%}
    {{- return(
        finding ~ '\nunion all\n' ~ tokumei._finding('rows', 'count(*)') ~ ' from (select ' ~ columns ~ ' from ' ~ scene['view']
        ~ ' as mart except select ' ~ columns ~ ' from ' ~ scene['released'] ~ ' as released) as strange'
    ) -}}
{%- endmacro %}
