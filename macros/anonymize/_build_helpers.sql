{% macro _inline(query) -%}
    {{- return('(\n' ~ query | indent(4, first=true) ~ '\n)') -}}
{%- endmacro %}

{#- Keeps a stage as an internal relation, to be dropped before the transaction ends. -#}
{% macro _store(facts, mart, name, query) -%}
    {%- set stage = tokumei.sql_stage(mart, name) -%}
    {%- do tokumei.run_statement(tokumei.sql_create_stage(stage, query)) -%}
    {%- do tokumei.sql_keep_private(stage) -%}
    {%- do facts['stages'].append(stage) -%}
    {{- return(stage) -}}
{%- endmacro %}

{% macro _count_source(policy, at) -%}
    {%- set subject = 'source.' ~ tokumei.sql_identifier(policy['subject']) -%}
    {%- set row = tokumei.first_row('select count(*), count(' ~ subject ~ '), count(distinct ' ~ subject ~ ') from ' ~ at['source'] ~ ' as source') -%}
    {%- if row[0] != row[1] -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ ': ' ~ (row[0] - row[1]) ~ ' records have no subject; allowed: none, so leave them out with where: {column: ' ~ policy['subject'] ~ ', is: not_null}; see docs/policy.md') -%}
    {%- endif -%}
    {{- return({'records_in': row[0] | int, 'subjects_in': row[2] | int}) -}}
{%- endmacro %}

{#- Where records are numbered, limited or given a draw, that is done once and kept. -#}
{% macro _store_source(policy, at, facts) -%}
    {%- set unique = facts['records_in'] == facts['subjects_in'] -%}
    {%- do at.update({'numbering': 'none' if not tokumei._numbers_records(policy) else 'one' if unique else 'window'}) -%}
    {%- if policy['hide_places'] -%}
        {%- do tokumei._store_places(policy, at, facts) -%}
    {%- endif -%}
    {%- set stages = tokumei.source_stages(policy, at) -%}
    {%- if stages | length > 1 or stages and tokumei._noise_draws(policy, at) -%}
        {%- do at.update({'source': tokumei._store(facts, policy['mart'], 'source', tokumei.source_query(stages))}) -%}
        {%- do facts.update(tokumei._count_source(policy, at)) -%}
    {%- elif stages and at['numbering'] != 'none' -%}
        {%- do at.update({'source': tokumei._inline(stages[0][1])}) -%}
    {%- endif -%}
{%- endmacro %}

{#- Where values are drawn or exchanged, each record is treated once. -#}
{% macro _store_treated(policy, at, shape, facts) -%}
    {%- for column in shape['noises'] -%}
        {%- set arguments = tokumei._step_arguments(column, 'add_noise') -%}
        {%- do tokumei._require_draw(policy, column, arguments, facts['unique']) -%}
        {%- do at['noises'].update({column['name']: tokumei._store(facts, policy['mart'], 'noise_' ~ loop.index, tokumei.stage_noise(arguments))}) -%}
    {%- endfor -%}
    {%- if shape['noises'] or shape['swaps'] -%}
        {%- do at.update({'treated': tokumei._store(facts, policy['mart'], 'treated', tokumei.stage_treated(policy, at, shape))}) -%}
        {%- for column in shape['swaps'] -%}
            {%- do at['swaps'].update({column['name']: tokumei._store(facts, policy['mart'], 'swap_' ~ loop.index, tokumei.stage_swap(policy, at, column))}) -%}
        {%- endfor -%}
        {%- if shape['swaps'] -%}
            {%- do at.update({'unswapped': at['treated'], 'treated': tokumei._store(facts, policy['mart'], 'swapped', tokumei.stage_swapped(policy, at, shape))}) -%}
        {%- endif -%}
        {%- do at.update({'stored': at['treated']}) -%}
    {%- endif -%}
{%- endmacro %}

{% macro _step_arguments(column, step) -%}
    {{- return((column['steps'] | selectattr('name', 'equalto', step) | first)['arguments']) -}}
{%- endmacro %}

{#- The same noise on every price a person paid would be told by the prices; other noise on each mention of their income
    would average out: in a history the policy says which it is. -#}
{% macro _require_draw(policy, column, arguments, unique) -%}
    {%- if not unique and arguments.get('per') is none -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ '.' ~ column['name'] ~ ': add_noise: subjects have several records; got no per; allowed: per: subject (a fact about the person), per: record (a value of each event); see docs/steps/add_noise.md') -%}
    {%- endif -%}
{%- endmacro %}

{% macro _count_combinations(relation, unique) -%}
    {%- set row = tokumei.first_row('select count(*), coalesce(sum(counted.tokumei_records), 0), coalesce(' ~ tokumei._subjects('counted', unique) ~ ', 0) from ' ~ relation ~ ' as counted') -%}
    {{- return({'rows': row[0] | int, 'records': row[1] | int, 'subjects': row[2] | int}) -}}
{%- endmacro %}

{#- The columns of a small relation that hold a null: the others can be joined by plain equality. -#}
{% macro _nullable(relation, columns) -%}
    {%- set nullable = [] -%}
    {%- if columns -%}
        {%- set counts = [] -%}
        {%- for name in columns -%}{%- do counts.append('count(' ~ tokumei.sql_identifier(name) ~ ')') -%}{%- endfor -%}
        {%- set row = tokumei.first_row('select count(*), ' ~ counts | join(', ') ~ ' from ' ~ relation) -%}
        {%- for name in columns -%}
            {%- if row[loop.index] != row[0] -%}{%- do nullable.append(name) -%}{%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{- return(nullable) -}}
{%- endmacro %}

{#- 履歴: several records of a subject under one pseudonym add up (3-2-5). -#}
{% macro _require_history(policy, unique) -%}
    {%- set pseudonymized = policy['columns'] | selectattr('pseudonym') | list | length > 0 -%}
    {%- if not unique and pseudonymized and policy['history'] is none -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ ': subjects have several records under one pseudonym, and history is not declared; got nothing; allowed: history: {known: …, among: …, at_most: …}; see docs/audits/history_protected.md') -%}
    {%- endif -%}
{%- endmacro %}

{#- A value without a place in the hierarchy, or with two, would be guessed at: the release fails instead. -#}
{% macro _check_map(policy, column, at) -%}
    {%- set arguments = tokumei._step_arguments(column, 'lookup') -%}
    {%- set level = tokumei.sql_text('leaf.' ~ tokumei.sql_identifier(arguments['to'])) -%}
    {%- set row = tokumei.first_row(
        'select (select count(*) from ' ~ at['maps'][column['name']] ~ ' as met where met.value is not null and met.label is null), '
        ~ '(select count(*) from (select 1 as several from ' ~ at['lookups'][arguments['hierarchy']] ~ ' as leaf group by '
        ~ tokumei.join_text('leaf.' ~ tokumei.sql_identifier('value')) ~ ' having count(distinct ' ~ level ~ ') > 1) as ambiguous)'
    ) -%}
    {%- if row[0] > 0 or row[1] > 0 -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ '.' ~ column['name'] ~ ': the hierarchy ' ~ arguments['hierarchy'] ~ ' lacks ' ~ row[0] ~ ' values of the column and gives two parents to ' ~ row[1] ~ '; allowed: 0 and 0; see docs/steps/lookup.md') -%}
    {%- endif -%}
{%- endmacro %}

{#- The release of each followed mart that this same run made: another's is under another key. -#}
{% macro _followed_releases(policy) -%}
    {%- set releases = {} -%}
    {%- for mart in policy['follows'] -%}
        {%- set made = tokumei.first_row('select count(*) from ' ~ tokumei.private_relation('releases_log') ~ ' where mart = ' ~ tokumei.sql_literal(mart['name']) ~ ' and invocation_id = ' ~ tokumei.sql_literal(invocation_id)) -%}
        {%- if made[0] == 0 -%}
            {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ ': ' ~ mart['name'] ~ ', which it follows, has no release of this run; see docs/releases.md') -%}
        {%- endif -%}
        {%- do releases.update({mart['name']: tokumei.private_relation(tokumei.release_identifier(mart['name']))}) -%}
    {%- endfor -%}
    {{- return(releases) -}}
{%- endmacro %}

{#- A hierarchy is a tree: every value has a place, and one label above it at each level. -#}
{% macro _check_tree(policy, recode, at, combinations) -%}
    {%- set hierarchy = at['lookups'][recode['hierarchy']] -%}
    {%- set first = 'leaf.' ~ tokumei.sql_identifier(recode['levels'][0]) -%}
    {%- set counts = [
        '(select count(*) from (select distinct ' ~ tokumei.join_text('alive.' ~ tokumei.sql_identifier(recode['name'])) ~ ' as code from '
        ~ combinations ~ ' as alive) as met where met.code is not null and not exists (select 1 from ' ~ hierarchy ~ ' as leaf where '
        ~ tokumei.join_text('leaf.' ~ tokumei.sql_identifier('value')) ~ ' = met.code and ' ~ first ~ ' is not null))'
    ] -%}
    {%- for level in recode['levels'] -%}
        {%- set below = tokumei.join_text('leaf.' ~ tokumei.sql_identifier('value')) if loop.first else tokumei.sql_text('leaf.' ~ tokumei.sql_identifier(recode['levels'][loop.index0 - 1])) -%}
        {%- do counts.append(
            '(select count(*) from (select 1 as several from ' ~ hierarchy ~ ' as leaf where ' ~ below ~ ' is not null group by ' ~ below
            ~ ' having count(distinct ' ~ tokumei.sql_text('leaf.' ~ tokumei.sql_identifier(level)) ~ ') > 1) as ambiguous)'
        ) -%}
    {%- endfor -%}
    {%- set row = tokumei.first_row('select ' ~ counts | join(', ')) -%}
    {%- if row | sum > 0 -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ '.' ~ recode['name'] ~ ': the hierarchy ' ~ recode['hierarchy'] ~ ' lacks ' ~ row[0] ~ ' values of the column and gives two parents to ' ~ row[1:] | sum ~ '; allowed: 0 and 0; see docs/steps/generalize_rare.md') -%}
    {%- endif -%}
{%- endmacro %}
