{#- Singling out: a predicate made of the mart's values that holds for exactly one subject. Of one column: each value, over
    the chance that a predicate of its weight isolates somebody (Cohen and Nissim). Of all columns: each person's records,
    over predicates whose values come from different persons. Who is alone in the source is alone in the release. -#}
{% macro attack_singling_out(policy, scene) -%}
{%- set limited = policy['attacks']['singling_out'] -%}
{%- set names = limited.get('columns') or policy['columns'] | rejectattr('pseudonym') | map(attribute='name') | list -%}
{%- if not names -%}
    {{- return(tokumei._nothing_to_find()) -}}
{%- endif -%}
{%- set columns = tokumei._quoted(names, 'mart') -%}
{%- if not limited.get('columns') -%}
    {%- do columns.extend(tokumei._dataset_columns(policy, scene)[policy['columns'] | selectattr('quasi_identifier') | list | length:]) -%}
{%- endif -%}
{%- set limit = limited['at_most_over_base'] -%}
with values_held as (
    {%- for name in names %}
    select
        {{ tokumei.sql_literal(name) }} as named,
        {{ tokumei._as_double(tokumei._persons(policy, scene)) }} as subjects
    from {{ scene['release'] }} as mart
    group by mart.{{ tokumei.sql_identifier(name) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

everybody as (
    select {{ tokumei._as_double(tokumei._persons(policy, scene)) }} as persons
    from {{ scene['release'] }} as mart
),

by_one_column as (
    select
        'one column, ' || one.named as what,
        cast(null as {{ tokumei.sql_type('text') }}) as named,
        {{ tokumei._as_double('count(*)') }} as persons,
        avg(case when one.subjects = 1 then {{ tokumei.sql_fraction('1.0') }} else {{ tokumei.sql_fraction('0.0') }} end) as success,
        avg({{ tokumei._chance_to_isolate('one.subjects', 'everybody.persons') }}) as base,
        cast(null as {{ tokumei.sql_type('double precision') }}) as lower,
        cast(null as {{ tokumei.sql_type('double precision') }}) as upper
    from values_held as one
    cross join everybody
    group by one.named
)
{%- if columns | length == 1 %}

{{ tokumei._reported('by_one_column', limit, 'exact') }}
{%- else %},

{{ tokumei._all_columns_isolate(policy, scene, columns) }}

{{ tokumei._reported('by_one_column', limit, 'exact') }}
union all
{{ tokumei._reported('by_all_columns', limit, 'upper') }}
{%- endif %}
{%- endmacro %}

{#- N w (1 - w)^(N - 1), for a predicate that holds for w N of N subjects. Above 100 of them it is nothing (10^-42). -#}
{% macro _chance_to_isolate(subjects, persons) -%}
    {{- return(
        'case when ' ~ persons ~ ' = 1 then 1 when ' ~ subjects ~ ' > 100 or ' ~ subjects ~ ' >= ' ~ persons ~ ' then 0 else '
        ~ subjects ~ ' * exp((' ~ persons ~ ' - 1) * ln(1 - ' ~ subjects ~ ' / ' ~ persons ~ ')) end'
    ) -}}
{%- endmacro %}
