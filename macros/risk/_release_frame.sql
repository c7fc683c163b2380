{#- The frequency set that risk is measured on: each class of the dataset's quasi-identifiers once, its values numbered from 1
    (c_1, c_2, …; null is a value like any other), with the subjects that are in it in the mart and among those of the source,
    treated the same way. Where subjects have several records a class stands once a subject (`who`). -#}
{% macro _release_frame(policy, scene) -%}
    {%- set facts = scene['facts'] -%}
    {%- set treated = tokumei._treated_subjects(policy, scene) -%}
    {%- set names = policy['columns'] | selectattr('quasi_identifier') | map(attribute='name') | list -%}
    {%- for followed in policy['follows'] -%}
        {%- for name in followed['quasi_identifiers'] -%}{%- do names.append(followed['name'] ~ '.' ~ name) -%}{%- endfor -%}
    {%- endfor -%}
    {%- set frame = {
        'columns': names, 'names': names, 'unique': facts['unique'] and treated['unique'],
        'sides': [{'name': 'mart', 'count': 'mart'}, {'name': 'treated', 'count': 'population'}],
    } -%}
    {%- set rows = [
        tokumei._frame_side(tokumei._joined_dataset(policy, scene), tokumei._dataset_columns(policy, scene), 'count(*)', tokumei.sql_text('mart.' ~ tokumei.sql_identifier(policy['token'])), frame, 1),
        tokumei._frame_side(treated['relation'], treated['columns'], treated['subjects'], tokumei.sql_text('population.' ~ tokumei.sql_identifier(treated['subject'])), frame, 2),
    ] -%}
    {%- do frame.update({'rows': tokumei._store(facts, policy['mart'], 'risk_rows', tokumei.frame_rows(frame, rows))}) -%}
    {{- return(frame) -}}
{%- endmacro %}

{#- One side's classes with their subjects, or its subjects with their classes; the other side's count is 0. -#}
{% macro _frame_side(relation, columns, subjects, who, frame, place) -%}
    {%- set lines = [] -%}
    {%- for column in columns -%}{%- do lines.append(column ~ ' as v_' ~ loop.index) -%}{%- endfor -%}
    {%- if not frame['unique'] -%}{%- do lines.append(who ~ ' as who') -%}{%- endif -%}
    {%- set counted = subjects if frame['unique'] else '1' -%}
    {%- do lines.append('cast(' ~ (counted if place == 1 else '0') ~ ' as bigint) as mart') -%}
    {%- if frame['sides'] | length > 1 -%}
        {%- do lines.append('cast(' ~ (counted if place == 2 else '0') ~ ' as bigint) as population') -%}
    {%- endif -%}
    {%- set query = 'select ' ~ ('' if frame['unique'] else 'distinct') ~ '\n    ' ~ tokumei._lines(lines) ~ '\nfrom ' ~ relation -%}
    {{- return(query ~ ('\ngroup by ' ~ columns | join(', ') if frame['unique'] and columns else '')) -}}
{%- endmacro %}

{#- The sides together, with numbers for values: what is counted afterwards compares whole numbers. -#}
{% macro frame_rows(frame, sides) -%}
{%- set counts = frame['sides'] | map(attribute='count') | list -%}
{%- set values = [] -%}
{%- set columns = ['held.who as who' if not frame['unique'] else tokumei.sql_row_number() ~ ' as who'] -%}
{%- for name in frame['columns'] -%}
    {%- do values.append('given.v_' ~ loop.index) -%}
    {%- do columns.append('dense_rank() over (order by held.v_' ~ loop.index ~ ') as c_' ~ loop.index) -%}
{%- endfor -%}
{%- set summed = [] -%}
{%- for count in counts -%}
    {%- do columns.append('held.' ~ count ~ ' as ' ~ count) -%}
    {%- do summed.append('cast(sum(given.' ~ count ~ ') as bigint) as ' ~ count) -%}
{%- endfor -%}
select
    {{ tokumei._lines(columns) }}
from (
{%- if frame['unique'] %}
    select
        {{ tokumei._lines(values + summed, 8) }}
    from (
        {{ sides | join('\nunion all\n') | indent(8) }}
    ) as given
    {%- if values %}
    group by {{ values | join(', ') }}
    {%- endif %}
{%- else %}
    {{ sides | join('\nunion all\n') | indent(4) }}
{%- endif %}
) as held
{%- endmacro %}
