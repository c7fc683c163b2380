{#- Every value of an attribute, a sensitive or a recoded column is held by enough subjects; no pool names what it hides;
    no column is a linking code in disguise (most of its values belong to one subject each), waived or not. -#}
{% macro audit_no_rare_values(policy, scene) -%}
{%- set findings = [] -%}
{%- set recoded = {} -%}
{%- for pool in tokumei._shape(policy)['recodes'] -%}
    {%- do recoded.update({pool['column']: pool}) -%}
{%- endfor -%}
{%- for column in policy['columns'] if not column['pseudonym'] and (column['is'] != 'quasi_identifier' or column['name'] in recoded) -%}
    {%- set least = recoded[column['name']]['below'] or policy['k'] if column['name'] in recoded else policy['k'] -%}
    {%- do findings.append(tokumei._rare_values(policy, scene, column, least)) -%}
    {%- if scene.get('facts', {}).get('kept') and column['name'] in recoded -%}
        {%- do findings.append(tokumei._naming_pool(scene, recoded[column['name']])) -%}
    {%- endif -%}
{%- endfor -%}
{{ findings | join('\nunion all\n') if findings else tokumei._nothing_to_find() }}
{%- endmacro %}

{% macro _rare_values(policy, scene, column, least) -%}
{%- set rare = '0' if column['waive'].get('no_rare_values') else 'sum(case when held.subjects < ' ~ least ~ ' then 1 else 0 end)' -%}
select
    cast({{ tokumei.sql_literal(column['name']) }} as text) as column_name,
    cast(coalesce(greatest(
        {{ rare }},
        case when sum(case when held.subjects = 1 then 1 else 0 end) * 2 > count(*) then count(*) else 0 end
    ), 0) as bigint) as violations,
    cast(min(held.subjects) as double precision) as measured
from (
    select {{ tokumei._persons(policy, scene) }} as subjects
    from {{ scene['release'] }} as mart
    group by mart.{{ tokumei.sql_identifier(column['name']) }}
) as held
{%- endmacro %}

{#- Of the combinations kept: a pool of one value, or of fewer subjects than its threshold. -#}
{% macro _naming_pool(scene, pool) -%}
{%- set value = 'kept.' ~ tokumei.sql_identifier(pool['column']) -%}
{%- set subjects = tokumei._subjects('kept', scene['unique']) -%}
select
    cast({{ tokumei.sql_literal(pool['column']) }} as text) as column_name,
    cast(case when hidden.pooled > 0 and (hidden.pooled < 2 or hidden.subjects < {{ pool['threshold'] }}) then 1 else 0 end as bigint) as violations,
    cast(hidden.subjects as double precision) as measured
from (
    select
        count(distinct {{ tokumei.sql_text(value) }}) + coalesce(max(case when {{ value }} is null then 1 else 0 end), 0) as pooled,
        {{ subjects }} as subjects
    from {{ scene['facts']['kept'] }} as kept
    where kept.{{ tokumei.pooled_as(pool['column']) }}
) as hidden
{%- endmacro %}
