{#- One row for each column of a relation: how many values, how few subjects share them, what they look like, and for each
    kind how many have its form and pass. Of a larger relation than `sample`, whole subjects drawn by a hash are read:
    the same on every engine and in every run. -#}
{% macro stage_profile(relation, facts) -%}
{%- set kinds = tokumei.identifier_kinds() | list -%}
with sampled as {{ tokumei.sql_materialized() }}(
    select
        {{ tokumei._origin_columns(facts) | join(',\n        ') }}
    from {{ relation }} as origin
    {{- tokumei._sampled_subjects(facts) }}
),

cells as (
    {%- for name, family in facts['families'].items() %}
    {%- set cell = 'sampled.' ~ tokumei.sql_identifier(name) %}
    select
        cast({{ tokumei.sql_literal(name) }} as {{ tokumei.sql_type('text') }}) as column_name,
        {{ tokumei.sql_text('sampled.' ~ tokumei.sql_identifier(facts['subject'])) if facts['subject'] else tokumei.sql_text('null') }} as subject,
        {{ tokumei.sql_number_text(cell) if family == 'number' else tokumei.sql_text(cell) }} as value
    from sampled
    where {{ cell }} is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

held as {{ tokumei.sql_materialized() }}(
    select
        cells.column_name,
        cells.value,
        count(*) as records,
        {{ 'count(distinct cells.subject)' if facts['subject'] else 'count(*)' }} as subjects
    from cells
    where cells.value <> ''
    group by cells.column_name, cells.value
),

looked_at as (
    {{ tokumei.stage_shapes() | indent(4) }}
),

readings as (
    {{ tokumei.stage_readings(kinds, 'select held.column_name, held.value from held') | indent(4) }}
)

select
    looked_at.*
    {%- for kind in kinds %},
    readings.{{ kind }}_form,
    readings.{{ kind }}
    {%- endfor %}
from looked_at
inner join readings on looked_at.column_name = readings.column_name
order by looked_at.column_name
{%- endmacro %}

{#- Whole subjects, or records where no subject is known; by four hexadecimal digits of a hash, which every engine orders
    alike. -#}
{% macro _sampled_subjects(facts) -%}
    {%- if facts['records'] <= facts['sample'] -%}
        {{- return('') -}}
    {%- endif -%}
    {%- set least = [(65536 * facts['sample'] / facts['records']) | round(0, 'ceil') | int, 1] | max -%}
    {%- set unit = ['origin.' ~ tokumei.sql_identifier(facts['subject'])] if facts['subject'] else tokumei._origin_columns(facts) -%}
    {{- return('\n    where substr(md5(' ~ tokumei.sql_record_text(unit) ~ "), 1, 4) < '" ~ '%04x' | format([least, 65535] | min) ~ "'") -}}
{%- endmacro %}

{% macro _origin_columns(facts) -%}
    {%- set columns = [] -%}
    {%- for name in facts['families'] -%}{%- do columns.append('origin.' ~ tokumei.sql_identifier(name)) -%}{%- endfor -%}
    {{- return(columns) -}}
{%- endmacro %}
