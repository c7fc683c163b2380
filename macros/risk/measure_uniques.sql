{#- dbt --quiet run-operation measure_uniques --args '{relation: stg_customers, quasi_identifiers: [birth_date, sex]}'
    Of a relation before any policy: class sizes, uniques, combinations and special uniques, as JSON. Counts and column
    names only. -#}
{% macro measure_uniques(relation, quasi_identifiers, subject=none, sampling_fraction=none, k=none, threshold=none) -%}
    {%- set found = tokumei._relation_to_measure(relation, quasi_identifiers, subject) -%}
    {%- set frame = {'columns': quasi_identifiers, 'names': quasi_identifiers, 'unique': subject is none, 'sides': [{'name': 'relation', 'count': 'mart'}]} -%}
    {%- set who = tokumei.sql_text('held.' ~ tokumei.sql_identifier(subject)) if subject else none -%}
    {%- set side = tokumei._frame_side(found ~ ' as held', tokumei._quoted(quasi_identifiers, 'held'), 'count(*)', who, frame, 1) -%}
    {%- do frame.update({'rows': tokumei._inline(tokumei.frame_rows(frame, [side]))}) -%}
    {%- set rows = tokumei._measured('risk', tokumei.risk_of_classes(frame, threshold, grouped=false), frame)
        + tokumei._measured('risk', tokumei.risk_of_combinations(frame, k), frame) -%}
    {%- set measures = [] -%}
    {%- for row in rows -%}
        {%- do measures.append({'measure': row[2], 'columns': row[3], 'size': row[4], 'unit': row[6], 'value': row[7]}) -%}
    {%- endfor -%}
    {%- if sampling_fraction is not none -%}
        {%- do measures.append({'measure': 'dis', 'columns': '', 'size': none, 'unit': 'probability', 'value': tokumei._dis(rows, sampling_fraction)}) -%}
    {%- endif -%}
    {%- do print(tojson({'relation': relation, 'quasi_identifiers': quasi_identifiers, 'subject': subject, 'measures': measures})) -%}
{%- endmacro %}

{#- Data intrusion simulation (Skinner and Elliot 2002): how likely a match with a unique is a true one, of a sample drawn with
    that fraction: fraction · uniques / (fraction · uniques + 2 · (1 - fraction) · pairs). -#}
{% macro _dis(rows, fraction) -%}
    {%- set counts = {1: 0, 2: 0} -%}
    {%- for row in rows if row[2] == 'classes_of_size' and row[4] in counts -%}{%- do counts.update({row[4]: row[7]}) -%}{%- endfor -%}
    {%- set met = fraction * counts[1] + 2 * (1 - fraction) * counts[2] -%}
    {{- return(fraction * counts[1] / met if met else none) -}}
{%- endmacro %}

{% macro _relation_to_measure(name, columns, subject, asked='measure_uniques', more=[]) -%}
    {%- set found = [] -%}
    {%- for node in (graph['nodes'].values() | list) + (graph['sources'].values() | list) -%}
        {%- if node['resource_type'] in ['seed', 'model', 'snapshot', 'source'] and name in [node['name'], node.get('source_name', '') ~ '.' ~ node['name']] -%}
            {%- do found.append(api.Relation.create(database=node['database'], schema=node['schema'], identifier=node.get('identifier') or node.get('alias') or node['name'])) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not found and '.' in name -%}
        {%- do found.append(api.Relation.create(database=target.database | default(none), schema=name.split('.')[0], identifier=name.split('.', 1)[1])) -%}
    {%- endif -%}
    {%- set errors = [] -%}
    {%- set held = tokumei.column_types(found[0]) | list if found | length == 1 else [] -%}
    {%- if not held -%}
        {%- do tokumei._policy_error(errors, asked, none, 'relation', name, 'a model, seed, snapshot or source that is in the warehouse, of this name alone, or schema.table', 'risk.md') -%}
    {%- elif columns is string or not columns -%}
        {%- do tokumei._policy_error(errors, asked, none, 'quasi_identifiers', columns or 'nothing', 'a list of its columns', 'risk.md') -%}
    {%- else -%}
        {%- for column in columns + more + ([subject] if subject else []) if column not in held -%}
            {%- do tokumei._policy_error(errors, asked, none, 'no such column', column, held, 'risk.md') -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if errors -%}{%- do exceptions.raise_compiler_error('\n' ~ errors | join('\n')) -%}{%- endif -%}
    {{- return(found[0]) -}}
{%- endmacro %}
