{#- The frequency set: every combination as its words, with its records, and once a subject where subjects have several. -#}
{% macro stage_frequencies(lattice, combinations, told=[]) -%}
{%- set subject = [] if lattice['unique'] else ['alive.tokumei_subject as subject'] -%}
{%- set columns = [] -%}
{%- for number in range(lattice['words']) -%}
    {%- do columns.append(tokumei._word_sql(lattice, number) ~ ' as word_' ~ number) -%}
{%- endfor -%}
{%- for one in told -%}
    {%- do columns.append('told_' ~ loop.index0 ~ '.number as told_' ~ loop.index0) -%}
{%- endfor %}
select
    {{ tokumei._rows(subject + columns + ['cast(sum(alive.tokumei_records) as bigint) as records'], 4) }}
from {{ combinations }} as alive
{%- for ladder in lattice['ladders'] %}
inner join {{ lattice['trees'][loop.index0] }} as tree_{{ loop.index0 }}
    on {{ tokumei.sql_same('alive.' ~ tokumei.sql_identifier(ladder['column']), 'tree_' ~ loop.index0 ~ '.value') }}
{%- endfor %}
{%- for one in told %}
inner join {{ one['values'] }} as told_{{ loop.index0 }}
    on {{ tokumei.sql_same('alive.' ~ tokumei.sql_identifier(one['column']), 'told_' ~ loop.index0 ~ '.value') }}
{%- endfor %}
group by {{ range(1, subject | length + columns | length + 1) | join(', ') }}
{%- endmacro %}

{#- The fields of every column that lie in one word. -#}
{% macro _word_sql(lattice, number) -%}
    {%- set fields = [] -%}
    {%- for ladder in lattice['ladders'] -%}
        {%- do fields.extend(tokumei._fields(ladder, number, 'tree_' ~ loop.index0)) -%}
    {%- endfor -%}
    {{- return('cast(' ~ (fields | join(' + ') or '0') ~ ' as bigint)') -}}
{%- endmacro %}

{#- Of the rungs from one on. -#}
{% macro _fields(ladder, word, tree, lowest=0) -%}
    {%- set fields = [] -%}
    {%- for rung in ladder['rungs'][lowest:] if rung['bits'] and rung['word'] == word -%}
        {%- do fields.append(tree ~ '.place_' ~ rung['number'] ~ ' * cast(' ~ 2 ** rung['shift'] ~ ' as bigint)') -%}
    {%- endfor -%}
    {{- return(fields) -}}
{%- endmacro %}

{#- The share of its column's domain that each value of each rung stands for; everything, where the item is suppressed. -#}
{% macro stage_shares(lattice) -%}
    {%- set queries = [] -%}
    {%- for ladder in lattice['ladders'] -%}
        {%- set number = loop.index0 -%}
        {%- for rung in ladder['rungs'] -%}
            {%- set words = [] -%}
            {%- for word in range(lattice['words']) -%}
                {%- do words.append('cast(' ~ (tokumei._fields(ladder, word, 'tree', rung['number']) | join(' + ') or '0') ~ ' as bigint) as word_' ~ word) -%}
            {%- endfor -%}
            {%- set share = '1.0' if rung['kind'] == 'suppressed' else 'max(tree.leaves_' ~ rung['number'] ~ ') / cast(' ~ ladder['domain'] ~ ' as ' ~ tokumei.sql_type('double precision') ~ ')' -%}
            {%- do queries.append(
                'select ' ~ number ~ ' as ladder, ' ~ rung['number'] ~ ' as rung, ' ~ words | join(', ') ~ ', cast(' ~ share
                ~ ' as ' ~ tokumei.sql_type('double precision') ~ ') as share from ' ~ lattice['trees'][number] ~ ' as tree group by ' ~ range(3, 3 + lattice['words']) | join(', ')
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(queries | join('\nunion all\n')) -}}
{%- endmacro %}

{% macro _rows(items, indent) -%}
    {{- return(items | join(',\n' ~ ' ' * indent)) -}}
{%- endmacro %}
