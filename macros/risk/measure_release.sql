{#- What is measured of a candidate before it is visible, as the rows of release_risks_log: [kind, population, measure,
    column_names, size, size_to, unit, value]. Looks at the source, so it belongs here and not after (3-2-4 ※1). -#}
{% macro measure_release(policy, scene) -%}
    {%- set frame = tokumei._release_frame(policy, scene) -%}
    {%- set measures = [['risk', 'mart', 'threshold', '', none, none, 'probability', policy['risk']['threshold']]] -%}
    {%- do measures.extend(tokumei._measured('risk', tokumei.risk_of_classes(frame, policy['risk']['threshold'], grouped=true), frame)) -%}
    {%- if frame['columns'] -%}
        {%- do measures.extend(tokumei._measured('risk', tokumei.risk_of_combinations(frame, policy['k']), frame)) -%}
    {%- endif -%}
    {%- do measures.extend(tokumei._measured('risk', tokumei._shown_uniques(policy, scene), frame)) -%}
    {{- return(measures + tokumei.risk_of_sensitive(policy, scene) + tokumei.measure_utility(policy, scene)) -}}
{%- endmacro %}

{#- The rows of a query of measures; what could not be measured has no row. Columns come as places in the frame. -#}
{% macro _measured(kind, query, frame) -%}
    {%- set measures = [] -%}
    {%- for row in tokumei.answer_of(query).rows if row[6] is not none -%}
        {%- set names = [] -%}
        {%- for place in (row[2] or '').split(' ') if place -%}{%- do names.append(frame['names'][place | int - 1]) -%}{%- endfor -%}
        {%- do measures.append([
            kind, row[0], row[1], names | join(', '), row[3] | int if row[3] is not none else none,
            row[4] | int if row[4] is not none else none, row[5], row[6] | float,
        ]) -%}
    {%- endfor -%}
    {{- return(measures) -}}
{%- endmacro %}

{#- One measure as a query; `places` are the numbers of its columns in the frame, as an SQL text. -#}
{% macro _measure(population, measure, value, unit, from, places="''", size='null', size_to='null') -%}
    {{- return(
        'select cast(' ~ tokumei.sql_literal(population) ~ ' as ' ~ tokumei.sql_type('text') ~ ') as population, cast(' ~ tokumei.sql_literal(measure)
        ~ ' as ' ~ tokumei.sql_type('text') ~ ') as measure, cast(' ~ places ~ ' as ' ~ tokumei.sql_type('text') ~ ') as places, cast(' ~ size ~ ' as bigint) as size, cast(' ~ size_to
        ~ ' as bigint) as size_to, cast(' ~ tokumei.sql_literal(unit) ~ ' as ' ~ tokumei.sql_type('text') ~ ') as unit, cast(' ~ value
        ~ ' as ' ~ tokumei.sql_type('double precision') ~ ') as value\nfrom ' ~ from
    ) -}}
{%- endmacro %}
