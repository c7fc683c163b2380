{#- Every value of an attribute, a sensitive or a recoded column is held by enough subjects; no pool or label names what it hides;
    no column is a linking code in disguise (most of its values belong to one subject each), waived or not: but a noised value is nobody's, and a swapped one somebody else's. -#}
{% macro audit_no_rare_values(policy, scene) -%}
{%- set findings = [] -%}
{%- set recoded = {} -%}
{%- for recode in tokumei._shape(policy)['recodes'] -%}
    {%- for name in recode['columns'] -%}{%- do recoded.update({name: recode}) -%}{%- endfor -%}
{%- endfor -%}
{%- for column in policy['columns'] if not column['pseudonym'] and (column['is'] != 'quasi_identifier' or column['name'] in recoded) -%}
    {%- set recode = recoded.get(column['name']) -%}
    {%- do findings.append(tokumei._rare_values(policy, scene, column, recode['threshold'] if recode else policy['k'])) -%}
    {%- if recode and scene.get('facts', {}).get('kept') and column['name'] == recode['name'] -%}
        {%- do findings.append(tokumei._naming_values(scene, recode)) -%}
    {%- endif -%}
{%- endfor -%}
{{ findings | join('\nunion all\n') if findings else tokumei._nothing_to_find() }}
{%- endmacro %}

{% macro _rare_values(policy, scene, column, least) -%}
{%- set drawn = column['waive'].get('no_rare_values') and column['steps'] | selectattr('name', 'in', ['add_noise', 'swap']) | list -%}
{%- set rare = '0' if column['waive'].get('no_rare_values') else 'sum(case when held.subjects < ' ~ least ~ ' then 1 else 0 end)' -%}
select
    cast({{ tokumei.sql_literal(column['name']) }} as {{ tokumei.sql_type('text') }}) as column_name,
    cast(coalesce(greatest(
        {{ rare }},
        {{ '0' if drawn else 'case when sum(case when held.subjects = 1 then 1 else 0 end) * 2 > count(*) then count(*) else 0 end' }}
    ), 0) as bigint) as violations,
    cast(min(held.subjects) as {{ tokumei.sql_type('double precision') }}) as measured
from (
    select {{ tokumei._persons(policy, scene) }} as subjects
    from {{ scene['release'] }} as mart
    group by mart.{{ tokumei.sql_identifier(column['name']) }}
) as held
{%- endmacro %}

{#- Of the combinations kept: a pool, a label or a group that stands for too few values, or for too few subjects. -#}
{% macro _naming_values(scene, recode) -%}
{%- set keys = tokumei._quoted(recode['columns'], 'kept') -%}
{%- set shown = [] -%}
{%- for column in recode['columns'] -%}{%- do shown.append('kept.' ~ tokumei.shown_as(column)) -%}{%- endfor -%}
select
    cast({{ tokumei.sql_literal(recode['name']) }} as {{ tokumei.sql_type('text') }}) as column_name,
    cast(count(*) as bigint) as violations,
    cast(min(held.subjects) as {{ tokumei.sql_type('double precision') }}) as measured
from (
    select
        count(distinct {{ tokumei.sql_record_text(keys) }}) as stood_for,
        {{ tokumei._subjects('kept', scene['unique']) }} as subjects
    from {{ scene['facts']['kept'] }} as kept
    where kept.{{ tokumei.changed_as(recode['name']) }}
    group by {{ shown | join(', ') }}
) as held
where held.stood_for < {{ recode['least'] }} or held.subjects < {{ recode['threshold'] }}
{%- endmacro %}
