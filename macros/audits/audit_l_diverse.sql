{#- Every class of the dataset has the declared diversity of values, in subjects: counted anew from the release. Measured is,
    of the class that has least: the number of values; for entropy, its exponential; for recursive, the c that it would
    take (to be exceeded). -#}
{% macro audit_l_diverse(policy, scene) -%}
{%- set findings = [] -%}
{%- for column in tokumei._guarded(policy) if column['l'] -%}
    {%- do findings.append(tokumei._diversity_finding(policy, scene, column)) -%}
{%- endfor -%}
{{ findings | join('\nunion all\n') if findings else tokumei._nothing_to_find() }}
{%- endmacro %}

{% macro _diversity_finding(policy, scene, column) -%}
{%- set asked = column['l'] -%}
{%- if asked['kind'] == 'distinct' -%}
    {%- set lacking = 'diversity.distinct_l < ' ~ asked['l'] -%}
    {%- set measured = 'min(diversity.distinct_l)' -%}
{%- elif asked['kind'] == 'entropy' -%}
    {%- set lacking = 'coalesce(diversity.entropy, -1) < ln(cast(' ~ asked['l'] ~ ' as ' ~ tokumei.sql_type('double precision') ~ ')) - 1e-9' -%}
    {%- set measured = 'min(coalesce(exp(diversity.entropy), 0))' -%}
{%- else -%}
    {%- set c = (asked['c'] * 10 ** 6) | round | int -%}
    {%- set lacking = 'coalesce(diversity.largest * 1000000 >= ' ~ c ~ ' * diversity.others, true)' -%}
    {%- set measured = 'max(diversity.largest / nullif(diversity.others, 0))' -%}
{%- endif -%}
(
with counts as {{ tokumei.sql_once() }}(
{{ tokumei.guarded_counts(policy, scene, column) | indent(4, first=true) }}
),

diversity as (
{{ tokumei.class_diversity('counts', column['replacements'], asked['l'] if asked['kind'] == 'recursive' else 2) | indent(4, first=true) }}
)

select
    cast({{ tokumei.sql_literal(column['name']) }} as {{ tokumei.sql_type('text') }}) as column_name,
    cast(coalesce(sum(case when {{ lacking }} then 1 else 0 end), 0) as bigint) as violations,
    cast({{ measured }} as {{ tokumei.sql_type('double precision') }}) as measured
from diversity
)
{%- endmacro %}

{#- Of a column of a release: how many subjects of each class of the dataset show each value. -#}
{% macro guarded_counts(policy, scene, column) -%}
    {{- return(tokumei.class_counts(
        tokumei._joined_dataset(policy, scene), tokumei._dataset_columns(policy, scene),
        'mart.' ~ tokumei.sql_identifier(column['name']), tokumei._persons(policy, scene)
    )) -}}
{%- endmacro %}
