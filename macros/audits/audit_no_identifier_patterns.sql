{#- No column of the mart reads as an identifier: by the share of its distinct values that pass a validator beyond what
    chance would pass. A pseudonym is left to pseudonyms_sound, a date holds no identifier. Of a column with more than
    5,000 values, about 5,000 are read. -#}
{% macro audit_no_identifier_patterns(policy, scene) -%}
{%- set names = [] -%}
{%- for column in policy['columns'] -%}
    {%- set opaque = column['pseudonym'] or scene['types'].get(column['name']) in ['date', 'timestamp'] -%}
    {%- if not opaque and 'no_identifier_patterns' not in column['waive'] -%}
        {%- do names.append(column['name']) -%}
    {%- endif -%}
{%- endfor -%}
{%- if not names -%}
    {{- return(tokumei._nothing_to_find()) -}}
{%- endif -%}
{%- set kinds = tokumei.kinds_kept_out() -%}
with readings as {{ tokumei.sql_materialized() }}(
    {{ tokumei.stage_readings(kinds, tokumei._shown_values(scene, names)) | indent(4) }}
),

judged as (
    {%- for kind in kinds %}
    select
        readings.column_name || ': {{ kind }}' as column_name,
        readings.{{ kind }} as passed,
        readings.values_read,
        {{ tokumei.passed_beyond_chance('readings', kind) }} as beyond_chance,
        {{ tokumei.passed_significantly('readings', kind) }} as significant
    from readings
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select
    judged.column_name,
    judged.passed as violations,
    cast(judged.beyond_chance / judged.values_read as {{ tokumei.sql_type('double precision') }}) as measured
from judged
where judged.significant and judged.beyond_chance > {{ policy['identifier_patterns']['at_most'] }} * judged.values_read
{%- endmacro %}

{#- The distinct values of the columns as text, few enough to be read one by one. -#}
{% macro _shown_values(scene, names) -%}
with shown as {{ tokumei.sql_materialized() }}(
    {%- for name in names %}
    {%- set number = scene['types'].get(name) in ['integer', 'number'] %}
    select
        cast({{ tokumei.sql_literal(name) }} as {{ tokumei.sql_type('text') }}) as column_name,
        {{ tokumei.sql_number_text('one.value') if number else tokumei.sql_text('one.value') }} as value
    from {{ tokumei.distinct_values(scene, name) }} as one
    where one.value is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

sized as (
    select shown.column_name, count(*) as values_shown
    from shown
    group by shown.column_name
)

select shown.column_name, shown.value
from shown
inner join sized on shown.column_name = sized.column_name
where sized.values_shown <= 5000 or {{ tokumei.sql_bucket('shown.value') }} < 50000000 / sized.values_shown
{%- endmacro %}
