{#- A hierarchy is a tree: every value met has a place, every value and label one label above it. What has no place, or two,
    would be guessed at: the release fails instead. `missing` counts the values without a place. -#}
{% macro _check_tree(policy, at, column, hierarchy, levels, missing, page, key='value') -%}
    {%- set labels = [tokumei.join_text('leaf.' ~ tokumei.sql_identifier(key))] -%}
    {%- set counts = [missing ~ ' as missing'] -%}
    {%- for level in levels -%}
        {%- do labels.append(tokumei.sql_text('leaf.' ~ tokumei.sql_identifier(level))) -%}
        {%- do counts.append(
            '(select count(*) from (select 1 as several from ' ~ at['lookups'][hierarchy] ~ ' as leaf where ' ~ labels[loop.index0] ~ ' is not null group by '
            ~ labels[loop.index0] ~ ' having count(distinct ' ~ labels[loop.index] ~ ') > 1) as ambiguous) as ambiguous_' ~ loop.index
        ) -%}
    {%- endfor -%}
    {%- set row = tokumei.first_row('select ' ~ counts | join(', ')) -%}
    {%- if row | sum > 0 -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ '.' ~ column ~ ': the hierarchy ' ~ hierarchy ~ ' lacks ' ~ row[0] ~ ' values of the column and gives two parents to ' ~ row[1:] | sum ~ '; allowed: 0 and 0; see docs/' ~ page) -%}
    {%- endif -%}
{%- endmacro %}

{#- Counts the values of a column for which the hierarchy has no labels at these levels. -#}
{% macro _unplaced(at, column, hierarchy, levels, combinations, key='value') -%}
    {%- set placed = [tokumei.join_text('leaf.' ~ tokumei.sql_identifier(key)) ~ ' = met.code'] -%}
    {%- for level in levels -%}
        {%- do placed.append('leaf.' ~ tokumei.sql_identifier(level) ~ ' is not null') -%}
    {%- endfor -%}
    {{- return(
        '(select count(*) from (select distinct ' ~ tokumei.join_text('alive.' ~ tokumei.sql_identifier(column)) ~ ' as code from ' ~ combinations
        ~ ' as alive) as met where met.code is not null and not exists (select 1 from ' ~ at['lookups'][hierarchy] ~ ' as leaf where ' ~ placed | join(' and ') ~ '))'
    ) -}}
{%- endmacro %}

{#- The map of a lookup tells already what has no label. -#}
{% macro _check_map(policy, column, at) -%}
    {%- set arguments = tokumei._step_arguments(column, 'lookup') -%}
    {%- set missing = '(select count(*) from ' ~ at['maps'][column['name']] ~ ' as met where met.value is not null and met.label is null)' -%}
    {%- do tokumei._check_tree(policy, at, column['name'], arguments['hierarchy'], [arguments['to']], missing, 'steps/lookup.md') -%}
{%- endmacro %}

{% macro _check_climb(policy, recode, at, combinations) -%}
    {%- set missing = tokumei._unplaced(at, recode['name'], recode['hierarchy'], recode['levels'][:1], combinations) -%}
    {%- do tokumei._check_tree(policy, at, recode['name'], recode['hierarchy'], recode['levels'], missing, 'steps/generalize_rare.md') -%}
{%- endmacro %}

{% macro _check_ladders(policy, axes, at, combinations) -%}
    {%- for axis in axes if axis['ladder'] and axis['ladder']['kind'] == 'hierarchy' -%}
        {%- set ladder = axis['ladder'] -%}
        {%- set missing = tokumei._unplaced(at, axis['column'], ladder['hierarchy'], ladder['levels'], combinations, ladder['from']) -%}
        {%- do tokumei._check_tree(policy, at, axis['column'], ladder['hierarchy'], ladder['levels'], missing, 'steps/recode.md', ladder['from']) -%}
    {%- endfor -%}
{%- endmacro %}
