{#- What identifies each of the sampled subjects, as written and normalised, and what the mart shows of it. -#}
{% macro _own_and_seen(policy, scene, identifiers, shown, few, distinct) -%}
held as {{ tokumei.sql_materialized() }}(
    {%- for name in identifiers %}
    select {{ distinct }}people.token, people.place, {{ loop.index }} as kind, sampled.identifier_{{ loop.index }} as value
    from people
    inner join sampled on people.token = sampled.token
    where sampled.identifier_{{ loop.index }} <> ''
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

own as {{ tokumei.sql_materialized() }}(
    select held.token, held.place, held.kind, held.value, {{ tokumei.sql_normalise('held.value') }} as plain
    from held
),

few_own as {{ tokumei.sql_materialized() }}(
    select few.place, few.everyone, own.kind, own.value, own.plain
    from few
    inner join own on few.token = own.token
),

met as {{ tokumei.sql_materialized() }}(
    {%- for column in policy['columns'] if column['pseudonym'] or column['name'] in shown %}
    {%- set number = policy['columns'].index(column) + 1 %}
    select {{ distinct }}
        people.place,
        {{ number }} as number,
        {{ 'true' if column['pseudonym'] else 'false' }} as pseudonym,
        {{ tokumei._value_written(scene, column['name'], 'records.shown_' ~ number) }} as value
    from people
    inner join records on people.token = records.token
    {%- if column['pseudonym'] %}
    where people.place <= {{ few }}
    {%- endif %}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

shown_in_one_form as {{ tokumei.sql_materialized() }}(
    select one.value, {{ tokumei.sql_normalise('one.value') }} as plain
    from (select distinct met.value from met where met.value is not null) as one
),

seen as {{ tokumei.sql_materialized() }}(
    select {{ distinct }}met.place, met.number, met.pseudonym, shown_in_one_form.plain as value
    from met
    inner join shown_in_one_form on met.value = shown_in_one_form.value
),

few_records as {{ tokumei.sql_materialized() }}(
    select few.place, records.*
    from few
    inner join records on few.token = records.token
)
{%- endmacro %}
