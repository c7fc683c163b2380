{#- Before and after, as it was coarsened when it was measured. -#}
{% macro _report_distributions(id) -%}
    {%- set found = {} -%}
    {%- for row in run_query(
        'select ' ~ tokumei._as_said(['held.column_name', 'held.kind', 'held.label'])
        ~ ', held.value_from, held.value_to, held.before_count, held.after_count from ' ~ tokumei.private_relation('release_distributions_log')
        ~ ' as held where held.release_id = ' ~ tokumei.sql_literal(id)
    ).rows -%}
        {%- set column = row[0][1:] -%}
        {%- set value = {
            'kind': row[1][1:], 'label': row[2][1:] or none, 'from': row[3] | float if row[3] is not none else none,
            'to': row[4] | float if row[4] is not none else none,
            'before': row[5] | int if row[5] is not none else 'under 10', 'after': row[6] | int if row[6] is not none else 'under 10',
        } -%}
        {%- set place = ['value', 'range', 'missing', 'pool'].index(value['kind']) // 2 -%}
        {%- set order = '%020.6f' | format((value['from'] if value['from'] is not none else -1e12 if value['to'] is not none else 0) + 1e12) -%}
        {%- do found.update({column: found.get(column, []) + [[[place, value['kind'], order, -row[6] | int if row[6] is not none else 0, value['label'] or ''], value]]}) -%}
    {%- endfor -%}
    {%- set distributions = [] -%}
    {%- for column in found | sort -%}
        {%- do distributions.append({'column': column, 'values': found[column] | sort(attribute=0, case_sensitive=true) | map(attribute=1) | list}) -%}
    {%- endfor -%}
    {{- return(distributions) -}}
{%- endmacro %}
