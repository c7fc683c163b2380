{#- What was measured of a release, as it was logged. -#}
{% macro _report_measures(id) -%}
    {%- set measures = [] -%}
    {%- for row in run_query(
        'select ' ~ tokumei._as_said(['held.kind', 'held.population', 'held.measure', 'held.column_names'])
        ~ ', held.size, held.size_to, held.value from ' ~ tokumei.private_relation('release_risks_log') ~ ' as held where held.release_id = ' ~ tokumei.sql_literal(id)
    ).rows -%}
        {%- do measures.append({
            'kind': row[0][1:], 'of': row[1][1:], 'measure': row[2][1:], 'columns': row[3][1:],
            'size': row[4] | int if row[4] is not none else none, 'size_to': row[5] | int if row[5] is not none else none, 'value': row[6] | float,
        }) -%}
    {%- endfor -%}
    {{- return(measures) -}}
{%- endmacro %}

{#- A finding is logged as audit(what). -#}
{% macro _report_findings(id) -%}
    {%- set findings = [] -%}
    {%- for row in run_query(
        'select ' ~ tokumei._as_said(['held.audit']) ~ ', held.violations, held.measured from ' ~ tokumei.private_relation('release_audits_log')
        ~ ' as held where held.release_id = ' ~ tokumei.sql_literal(id) ~ ' order by ' ~ tokumei.sql_text_order('held.audit')
    ).rows -%}
        {%- set audit = row[0][1:] -%}
        {%- set name = audit.split('(')[0] -%}
        {%- do findings.append({
            'audit': name, 'what': audit[name | length + 1:-1], 'violations': row[1] | int, 'measured': row[2] | float if row[2] is not none else none,
        }) -%}
    {%- endfor -%}
    {{- return(findings) -}}
{%- endmacro %}

{#- The value of the one measure of that name and population that is about the whole mart; none where it was not measured. -#}
{% macro _measured_value(measures, of, measure) -%}
    {%- for one in measures if one['of'] == of and one['measure'] == measure and one['columns'] == '' and one['size'] is none -%}
        {{- return(one['value']) -}}
    {%- endfor -%}
    {{- return(none) -}}
{%- endmacro %}
