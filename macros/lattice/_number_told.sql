{#- The values of each column that l or t guard, numbered from 1 in their order, with the share of subjects that hold them. -#}
{% macro _number_told(lattice, combinations) -%}
    {%- set statements = [] -%}
    {%- for one in lattice['told'] -%}
        {%- set column = 'alive.' ~ tokumei.sql_identifier(one['column']) -%}
        {%- set ordered = column if one['type'] in ['integer', 'number', 'date', 'timestamp'] else tokumei._as_number(tokumei._value(column, one['type'])) -%}
        {%- do one.update({'values': tokumei._lattice_stage(lattice, 'values')}) -%}
        {%- do statements.append(tokumei.sql_create_stage(one['values'],
            'select counted.value, ' ~ tokumei._counts_for_nothing('counted.value', one.get('rests')) ~ ' as is_null, row_number() over (order by counted.ordered nulls first, counted.written) as number,\n'
            ~ '    counted.subjects / sum(counted.subjects) over () as share\nfrom (\n    select ' ~ column ~ ' as value, min(' ~ ordered ~ ') as ordered, min(' ~ tokumei.sql_text_order(column) ~ ') as written, cast('
            ~ ('sum(alive.tokumei_records)' if lattice['unique'] else 'count(distinct alive.tokumei_subject)')
            ~ ' as ' ~ tokumei.sql_type('double precision') ~ ') as subjects\n    from ' ~ combinations ~ ' as alive\n    group by ' ~ column ~ '\n) as counted'
        )) -%}
    {%- endfor -%}
    {%- do lattice.update({'told_frequencies': tokumei._lattice_stage(lattice, 'told_frequencies')}) -%}
    {%- do statements.append(tokumei.sql_create_stage(lattice['told_frequencies'], tokumei.stage_frequencies(lattice, combinations, lattice['told']))) -%}
    {%- do tokumei._run_together(statements) -%}
{%- endmacro %}

{#- Null and the rest of categorize are no values for l. -#}
{% macro _counts_for_nothing(value, rests) -%}
    {%- set literals = [] -%}
    {%- for rest in rests or [] -%}{%- do literals.append(tokumei.sql_literal(rest)) -%}{%- endfor -%}
    {{- return('(' ~ value ~ ' is null' ~ (' or ' ~ tokumei.sql_text(value) ~ ' in (' ~ literals | join(', ') ~ ')' if literals else '') ~ ')') -}}
{%- endmacro %}
