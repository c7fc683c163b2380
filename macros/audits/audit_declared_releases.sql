{#- Noise averages out over releases: the mart is released no more often than its noise declares. Releases that were taken
    back count, for somebody may have seen them. -#}
{% macro audit_declared_releases(policy, scene) -%}
{%- set findings = [] -%}
{%- for column in policy['columns'] -%}
    {%- for step in column['steps'] if step['name'] == 'add_noise' -%}
        {%- do findings.append(tokumei._finding(
            column['name'],
            'greatest(made.releases - ' ~ step['arguments']['declared_releases'] ~ ', 0)',
            'made.releases'
        ) ~ ' from made') -%}
    {%- endfor -%}
{%- endfor -%}
{%- if not findings -%}
    {{- return(tokumei._nothing_to_find()) -}}
{%- endif -%}
with made as (
    select count(*) {{ '+ 1 ' if scene['gate'] }}as releases
    from {{ tokumei.private_relation('releases_log') }} as logged
    where logged.mart = {{ tokumei.sql_literal(policy['mart']) }}
)

{{ findings | join('\nunion all\n') }}
{%- endmacro %}
