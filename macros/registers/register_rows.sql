{#- The rows of a register, whatever types its columns have in the warehouse. Sound only after register_problems found
    nothing: what cannot be read is none here. -#}
{% macro register_rows(name) -%}
    {%- set read = tokumei._read_register(name) -%}
    {%- if read['missing'] -%}
        {%- do exceptions.raise_compiler_error('\n' ~ tokumei._finding_texts(tokumei._missing_columns(name, read)) | join('\n')) -%}
    {%- endif -%}
    {{- return(read['rows']) -}}
{%- endmacro %}

{#- A register as it lies there: `missing` columns, `rows`, and the cells that are `unreadable` as [row, column, kind].
    Everything is read as text, so that what a seed takes a column for makes no difference. Rows are numbered in the byte
    order of their columns, nulls first, as `row` in each: a table has no order of its own. -#}
{% macro _read_register(name) -%}
    {%- set read = {'relation': tokumei.register_relation(name) if execute else none, 'missing': [], 'rows': [], 'unreadable': []} -%}
    {%- if read['relation'] is none -%}
        {{- return(read) -}}
    {%- endif -%}
    {%- set actual = {} -%}
    {%- for column in run_query('select * from ' ~ read['relation'] ~ ' where false').column_names -%}
        {%- do actual.update({column | lower: column}) -%}
    {%- endfor -%}
    {%- set columns = tokumei.register_catalog()[name] -%}
    {%- set selected = [] -%}
    {%- set order = [] -%}
    {%- for column, kind, required in columns -%}
        {%- if column not in actual -%}
            {%- do read['missing'].append(column) -%}
        {%- else -%}
            {%- set text = tokumei.sql_text('entry.' ~ tokumei.sql_identifier(actual[column])) -%}
            {%- do selected.append(text ~ ' as ' ~ tokumei.sql_identifier(column)) -%}
            {%- do order.append(tokumei.sql_text_order(text) ~ ' nulls first') -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not read['missing'] -%}
        {%- set table = run_query('select ' ~ selected | join(', ') ~ ' from ' ~ read['relation'] ~ ' as entry order by ' ~ order | join(', ')) -%}
        {%- for cells in table.rows -%}
            {%- set number = loop.index -%}
            {%- set row = {'row': number} -%}
            {%- for column, kind, required in columns -%}
                {%- set text = '' if cells[loop.index0] is none else (cells[loop.index0] | string).strip() -%}
                {%- set value = tokumei._register_value(kind, text) -%}
                {%- if value is none and text -%}
                    {%- do read['unreadable'].append([number, column, kind]) -%}
                {%- endif -%}
                {%- do row.update({column: value}) -%}
            {%- endfor -%}
            {%- do read['rows'].append(row) -%}
        {%- endfor -%}
    {%- endif -%}
    {{- return(read) -}}
{%- endmacro %}
