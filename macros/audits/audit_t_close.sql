{#- The distribution of a column in every class of the dataset is within t of that of the whole mart, in subjects: counted
    anew from the release. Measured is the largest distance. Values that an order needs and that have none are violations. -#}
{% macro audit_t_close(policy, scene) -%}
{%- set findings = [] -%}
{%- for column in tokumei._guarded(policy) if column['t'] -%}
    {%- do findings.append(tokumei._closeness_finding(policy, scene, column)) -%}
{%- endfor -%}
{{ findings | join('\nunion all\n') if findings else tokumei._nothing_to_find() }}
{%- endmacro %}

{% macro _closeness_finding(policy, scene, column) -%}
{%- set value = 'mart.' ~ tokumei.sql_identifier(column['name']) -%}
{%- set ordered = column['t']['kind'] == 'ordered' -%}
{%- set type = scene['types'].get(column['name']) -%}
(
with counts as {{ tokumei.sql_once() }}(
{{ tokumei.guarded_counts(policy, scene, column) | indent(4, first=true) }}
),

every_value as {{ tokumei.sql_once() }}(
{{ tokumei.everyone_counts(scene['release'] ~ ' as mart', value, tokumei._persons(policy, scene)) | indent(4, first=true) }}
),

distances as (
{{ (tokumei.class_ordered_distance('counts', 'every_value', type, column['labels']) if ordered else tokumei.class_distance('counts', 'every_value')) | indent(4, first=true) }}
)

select
    cast({{ tokumei.sql_literal(column['name']) }} as {{ tokumei.sql_type('text') }}) as column_name,
    cast(coalesce(sum(case when distances.distance > {{ column['t']['t'] }} + 1e-9 then 1 else 0 end), 0)
    {%- if ordered %} + ({{ tokumei._unordered(value, scene['release'] ~ ' as mart', type, column['labels']) }}){% endif %} as bigint) as violations,
    cast(max(distances.distance) as {{ tokumei.sql_type('double precision') }}) as measured
from distances
)
{%- endmacro %}
