{#- A ladder is a tree: every value met has a place, every place a label at each level, and every label one above it. -#}
{% macro _check_ladders(policy, axes, at, combinations) -%}
    {%- for axis in axes if axis['ladder'] and axis['ladder']['kind'] == 'hierarchy' -%}
        {%- set ladder = axis['ladder'] -%}
        {%- set hierarchy = at['lookups'][ladder['hierarchy']] -%}
        {%- set value = tokumei.join_text('leaf.' ~ tokumei.sql_identifier(ladder['from'])) -%}
        {%- set labels = [value] -%}
        {%- set missing = [] -%}
        {%- for level in ladder['levels'] -%}
            {%- do labels.append(tokumei.sql_text('leaf.' ~ tokumei.sql_identifier(level))) -%}
            {%- do missing.append('leaf.' ~ tokumei.sql_identifier(level) ~ ' is not null') -%}
        {%- endfor -%}
        {%- set counts = [
            '(select count(*) from (select distinct ' ~ tokumei.join_text('alive.' ~ tokumei.sql_identifier(axis['column'])) ~ ' as code from '
            ~ combinations ~ ' as alive) as met where met.code is not null and not exists (select 1 from ' ~ hierarchy ~ ' as leaf where '
            ~ ([value ~ ' = met.code'] + missing) | join(' and ') ~ ')) as missing'
        ] -%}
        {%- for level in ladder['levels'] -%}
            {%- do counts.append(
                '(select count(*) from (select 1 as several from ' ~ hierarchy ~ ' as leaf where ' ~ labels[loop.index0] ~ ' is not null group by '
                ~ labels[loop.index0] ~ ' having count(distinct ' ~ labels[loop.index] ~ ') > 1) as ambiguous) as ambiguous_' ~ loop.index
            ) -%}
        {%- endfor -%}
        {%- set row = tokumei.first_row('select ' ~ counts | join(', ')) -%}
        {%- if row | sum > 0 -%}
            {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ '.' ~ axis['column'] ~ ': the hierarchy ' ~ ladder['hierarchy'] ~ ' lacks ' ~ row[0] ~ ' values of the column and gives two parents to ' ~ row[1:] | sum ~ '; allowed: 0 and 0; see docs/steps/recode.md') -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}
