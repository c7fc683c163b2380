{#- All marts of the dataset come from one run. Judged are this mart, those it follows and, outside the gate, all others
    but those that the present run is about to make. -#}
{% macro audit_dataset_consistent(policy, scene) -%}
{%- set names = policy['follows'] | map(attribute='name') | list -%}
{%- for node in tokumei.marts_of(policy['dataset']) if not scene['gate'] -%}
    {%- if node['name'] not in names and (node['name'] == policy['mart'] or node['unique_id'] not in selected_resources) -%}
        {%- do names.append(node['name']) -%}
    {%- endif -%}
{%- endfor -%}
{%- set log = tokumei.standing_releases() -%}
{%- if not names -%}
    {{- return(tokumei._nothing_to_find()) -}}
{%- endif -%}
{%- set literals = [] -%}
{%- for name in names -%}{%- do literals.append(tokumei.sql_literal(name)) -%}{%- endfor -%}
select
    cast('' as {{ tokumei.sql_type('text') }}) as column_name,
    cast({{ names | length }} - count(*) as bigint) as violations,
    cast(null as {{ tokumei.sql_type('double precision') }}) as measured
from {{ log }} as release
where
    release.mart in ({{ literals | join(', ') }})
    and release.invocation_id = {{ tokumei.sql_literal(scene['invocation_id']) }}
    and release.release_no = (select max(later.release_no) from {{ log }} as later where later.mart = release.mart)
{%- endmacro %}
