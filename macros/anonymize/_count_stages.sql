{% macro _count_source(policy, at) -%}
    {%- set subject = 'source.' ~ tokumei.sql_identifier(policy['subject']) -%}
    {%- set row = tokumei.first_row('select count(*) as records, count(' ~ subject ~ ') as with_subject, count(distinct ' ~ subject ~ ') as subjects from ' ~ at['source'] ~ ' as source') -%}
    {%- if row[0] != row[1] -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ ': ' ~ (row[0] - row[1]) ~ ' records have no subject; allowed: none, so leave them out with where: {column: ' ~ policy['subject'] ~ ', is: not_null}; see docs/policy.md') -%}
    {%- endif -%}
    {{- return({'records_in': row[0] | int, 'subjects_in': row[2] | int}) -}}
{%- endmacro %}

{#- Counts of a small relation, and those of its columns that hold a null: the others can be joined by plain equality. -#}
{% macro _count_combinations(relation, unique, columns) -%}
    {%- set counts = [
        'count(*) as combinations', 'coalesce(sum(counted.tokumei_records), 0) as records',
        'coalesce(' ~ tokumei._subjects('counted', unique) ~ ', 0) as subjects',
    ] -%}
    {%- for name in columns -%}{%- do counts.append('count(counted.' ~ tokumei.sql_identifier(name) ~ ') as filled_' ~ loop.index) -%}{%- endfor -%}
    {%- set row = tokumei.first_row('select ' ~ counts | join(', ') ~ ' from ' ~ relation ~ ' as counted') -%}
    {%- set nullable = [] -%}
    {%- for name in columns -%}
        {%- if row[loop.index0 + 3] != row[0] -%}{%- do nullable.append(name) -%}{%- endif -%}
    {%- endfor -%}
    {{- return({'rows': row[0] | int, 'records': row[1] | int, 'subjects': row[2] | int, 'nullable': nullable}) -}}
{%- endmacro %}
