{#- dbt --quiet run-operation measure_relation --args '{relation: adult, quasi_identifiers: [sex, age], sensitive: [income]}'
    The privacy models of any relation, as a table or as JSON: numbers and column names only. Nothing else is read. -#}
{% macro measure_relation(relation, quasi_identifiers, sensitive, subject=none, format='table') -%}
    {%- set columns = [sensitive] if sensitive is string else sensitive or [] -%}
    {%- set found = tokumei._relation_to_measure(relation, quasi_identifiers, subject, 'measure_relation', columns) -%}
    {%- set types = tokumei.column_types(found) -%}
    {%- set who = 'held.' ~ tokumei.sql_identifier(subject) if subject else none -%}
    {%- do tokumei._check_measured(relation, found, who, columns, quasi_identifiers, format) -%}
    {%- set measured = {} -%}
    {%- for name in columns -%}
        {%- set query = tokumei.measure_models(found ~ ' as held', tokumei._quoted(quasi_identifiers, 'held'), 'held.' ~ tokumei.sql_identifier(name), who, types[name]) -%}
        {%- set values = {} -%}
        {%- for row in tokumei.answer_of(query).rows -%}
            {%- set value = row[2] | float if row[2] is not none else none -%}
            {%- do values.update({row[1]: value | int if value is not none and row[1] in ['classes', 'k', 'distinct_l', 'recursive_c', 'recursive_c_of_rarest'] else value}) -%}
        {%- endfor -%}
        {%- do measured.update({name: values}) -%}
    {%- endfor -%}
    {%- if format == 'json' -%}
        {%- do print(tojson({'relation': relation, 'quasi_identifiers': quasi_identifiers, 'subject': subject, 'measures': measured})) -%}
    {%- else -%}
        {%- do print(tokumei._table_of_measures(measured)) -%}
    {%- endif -%}
{%- endmacro %}

{% macro _check_measured(relation, found, who, columns, quasi_identifiers, format) -%}
    {%- set errors = [] -%}
    {%- if not columns -%}
        {%- do tokumei._policy_error(errors, 'measure_relation', none, 'sensitive', 'nothing', 'a list of columns', 'measures.md') -%}
    {%- endif -%}
    {%- for name in columns if name in quasi_identifiers -%}
        {%- do tokumei._policy_error(errors, 'measure_relation', none, 'a column is a quasi-identifier or sensitive', name, 'one of them', 'measures.md') -%}
    {%- endfor -%}
    {%- if format not in ['table', 'json'] -%}
        {%- do tokumei._policy_error(errors, 'measure_relation', none, 'format', format, ['table', 'json'], 'measures.md') -%}
    {%- endif -%}
    {%- set nobody = tokumei.first_row('select count(*) from ' ~ found ~ ' as held where ' ~ who ~ ' is null')[0] if who else 0 -%}
    {%- if nobody > 0 -%}
        {%- do tokumei._policy_error(errors, 'measure_relation', none, 'records without a subject', nobody, 'none', 'measures.md') -%}
    {%- endif -%}
    {%- if errors -%}{%- do exceptions.raise_compiler_error('\n' ~ errors | join('\n')) -%}{%- endif -%}
{%- endmacro %}

{#- A line for each measure, a column for each sensitive one. -#}
{% macro _table_of_measures(measured) -%}
    {%- set lines = ['%-22s' | format('') ~ tokumei._cells(measured | list)] -%}
    {%- for measure in measured[measured | first] -%}
        {%- set cells = [] -%}
        {%- for values in measured.values() -%}
            {%- set value = values[measure] -%}
            {%- do cells.append('-' if value is none else value | string if value is integer else '%.6f' | format(value)) -%}
        {%- endfor -%}
        {%- do lines.append('%-22s' | format(measure) ~ tokumei._cells(cells)) -%}
    {%- endfor -%}
    {{- return(lines | join('\n')) -}}
{%- endmacro %}

{% macro _cells(texts) -%}
    {%- set cells = [] -%}
    {%- for text in texts -%}{%- do cells.append('%18s' | format(text)) -%}{%- endfor -%}
    {{- return(cells | join('  ')) -}}
{%- endmacro %}
