{#- A value without a place in the hierarchy, or with two, would be guessed at: the release fails instead. -#}
{% macro _check_map(policy, column, at) -%}
    {%- set arguments = tokumei._step_arguments(column, 'lookup') -%}
    {%- set level = tokumei.sql_text('leaf.' ~ tokumei.sql_identifier(arguments['to'])) -%}
    {%- set row = tokumei.first_row(
        'select (select count(*) from ' ~ at['maps'][column['name']] ~ ' as met where met.value is not null and met.label is null) as missing, '
        ~ '(select count(*) from (select 1 as several from ' ~ at['lookups'][arguments['hierarchy']] ~ ' as leaf group by '
        ~ tokumei.join_text('leaf.' ~ tokumei.sql_identifier('value')) ~ ' having count(distinct ' ~ level ~ ') > 1) as ambiguous) as ambiguous'
    ) -%}
    {%- if row[0] > 0 or row[1] > 0 -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ '.' ~ column['name'] ~ ': the hierarchy ' ~ arguments['hierarchy'] ~ ' lacks ' ~ row[0] ~ ' values of the column and gives two parents to ' ~ row[1] ~ '; allowed: 0 and 0; see docs/steps/lookup.md') -%}
    {%- endif -%}
{%- endmacro %}

{#- A hierarchy is a tree: every value has a place, and one label above it at each level. -#}
{% macro _check_tree(policy, recode, at, combinations) -%}
    {%- set hierarchy = at['lookups'][recode['hierarchy']] -%}
    {%- set first = 'leaf.' ~ tokumei.sql_identifier(recode['levels'][0]) -%}
    {%- set counts = [
        '(select count(*) from (select distinct ' ~ tokumei.join_text('alive.' ~ tokumei.sql_identifier(recode['name'])) ~ ' as code from '
        ~ combinations ~ ' as alive) as met where met.code is not null and not exists (select 1 from ' ~ hierarchy ~ ' as leaf where '
        ~ tokumei.join_text('leaf.' ~ tokumei.sql_identifier('value')) ~ ' = met.code and ' ~ first ~ ' is not null)) as missing'
    ] -%}
    {%- for level in recode['levels'] -%}
        {%- set below = tokumei.join_text('leaf.' ~ tokumei.sql_identifier('value')) if loop.first else tokumei.sql_text('leaf.' ~ tokumei.sql_identifier(recode['levels'][loop.index0 - 1])) -%}
        {%- do counts.append(
            '(select count(*) from (select 1 as several from ' ~ hierarchy ~ ' as leaf where ' ~ below ~ ' is not null group by ' ~ below
            ~ ' having count(distinct ' ~ tokumei.sql_text('leaf.' ~ tokumei.sql_identifier(level)) ~ ') > 1) as ambiguous) as ambiguous_' ~ loop.index
        ) -%}
    {%- endfor -%}
    {%- set row = tokumei.first_row('select ' ~ counts | join(', ')) -%}
    {%- if row | sum > 0 -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ '.' ~ recode['name'] ~ ': the hierarchy ' ~ recode['hierarchy'] ~ ' lacks ' ~ row[0] ~ ' values of the column and gives two parents to ' ~ row[1:] | sum ~ '; allowed: 0 and 0; see docs/steps/generalize_rare.md') -%}
    {%- endif -%}
{%- endmacro %}
