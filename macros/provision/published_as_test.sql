{#- What is read is published: the release that readers see is covered by a publication of its creation, a recipient's copy
    by one of its provision and a recorded notice, and nobody else holds a right. Findings name a recipient, or `readers`. -#}
{% macro published_findings(policy, view) -%}
    {%- set dataset = policy['dataset'] -%}
    {%- set releases = tokumei.whole_releases(dataset) -%}
    {%- set open = tokumei.open_release(dataset) -%}
    {%- set release = releases | selectattr('release', 'equalto', open) | first -%}
    {%- set covered = release and tokumei.coverage(release, 'creation', releases)['by'] is not none -%}
    {%- set declared = (graph['nodes'][policy['unique_id']]['config'].get('grants') or {}).values() | list -%}
    {%- set findings = [
        tokumei._finding('', 1 if open is not none and not covered else 0),
        tokumei._finding('readers', tokumei._undeclared(tokumei.sql_readers(view), declared, release and policy['mart'] in release['marts']) | length),
    ] -%}
    {%- for recipient in tokumei.checked_register_rows('recipients') if tokumei.sql_has_grants() -%}
        {%- set last = tokumei.last_access(dataset, recipient['recipient']) -%}
        {%- if last is not none and last['event'] == 'provided' -%}
            {%- set found = tokumei.provision_coverage(release, recipient, releases, last) if covered else {'by': none} -%}
            {%- do findings.append(tokumei._finding(recipient['recipient'], 0 if found['by'] is not none and last['release'] == open else 1)) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(findings | join('\nunion all\n')) -}}
{%- endmacro %}

{#- Who may not read: anybody while nothing is open; then whom the mart's `grants`, if it has any, do not name. -#}
{% macro _undeclared(readers, declared, open) -%}
    {%- if not open -%}
        {{- return(readers) -}}
    {%- endif -%}
    {%- set allowed = [] -%}
    {%- for roles in declared -%}{%- do allowed.extend([roles] if roles is string else roles) -%}{%- endfor -%}
    {{- return(readers | reject('in', allowed) | list if declared else []) -}}
{%- endmacro %}

{% macro published_as_test() -%}
{%- if not execute -%}
    {{- return('select 1 as parsing') -}}
{%- endif -%}
{%- set policy = tokumei.mart_policy(tokumei._tested_mart(), alone=tokumei._built_here()) -%}
{%- set scene = tokumei.release_scene(policy) -%}
{{ tokumei._violations_of(tokumei.published_findings(policy, scene['view']) if scene is not none else tokumei._nothing_to_find()) }}
{%- endmacro %}
