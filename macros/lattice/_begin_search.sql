{#- Counts what there is, and lays out the nodes. -#}
{% macro _begin_search(lattice, asked, given) -%}
    {%- set frequencies = given or (lattice['told_frequencies'] if asked.get('models') else lattice['frequencies']) -%}
    {%- set subjects = 'sum(freq.records)' if lattice['unique'] else 'count(distinct freq.subject)' -%}
    {%- set row = tokumei.first_row('select coalesce(sum(freq.records), 0), coalesce(' ~ subjects ~ ', 0), count(*) from ' ~ frequencies ~ ' as freq') -%}
    {%- set search = {
        'frequencies': frequencies, 'best': [], 'evaluated': 0, 'waves': 0, 'threshold': none, 'told': lattice['told'] | length if asked.get('models') else 0, 'nodes': tokumei._number_nodes(lattice),
        'records': row[0] | int, 'subjects': row[1] | int, 'combinations': row[2] | int,
    } -%}
    {%- do search.update({
        'most_records': tokumei._most_lost(asked['max_suppression'], search['records']),
        'most_subjects': tokumei._most_lost(asked['max_suppression'], search['subjects']),
    }) -%}
    {%- if search['records'] > 0 -%}
        {%- set marginals = tokumei._lattice_stage(lattice, 'marginals') -%}
        {%- do tokumei._run_together([tokumei.sql_create_stage(marginals, tokumei.stage_marginals(lattice, frequencies))]) -%}
        {%- do search.update({'marginals': marginals}) -%}
        {%- do tokumei._read_marginals(lattice, search) -%}
        {%- do tokumei._choose_anchors(lattice) -%}
        {%- set sources = tokumei._lattice_stage(lattice, 'sources') -%}
        {%- set open = tokumei._lattice_stage(lattice, 'nodes') -%}
        {%- do search.update({'sources': sources, 'open': open}) -%}
        {%- do tokumei._run_together([
            tokumei.sql_create_stage(sources, tokumei.stage_sources(lattice, search)),
            tokumei.sql_create_stage(open, tokumei.stage_nodes(lattice, asked, search)),
        ]) -%}
        {%- if asked['by'] == 'discernibility' -%}
            {%- do search.update({'open': tokumei._lattice_stage(lattice, 'bounded')}) -%}
            {%- do tokumei._run_together([tokumei.sql_create_stage(search['open'], tokumei.stage_bounded(lattice, search, open))]) -%}
        {%- endif -%}
    {%- endif -%}
    {{- return(search) -}}
{%- endmacro %}

{#- The most that may be suppressed, as the audit judges it: the share is not above the limit. -#}
{% macro _most_lost(limit, given) -%}
    {%- set most = namespace(number=(limit * given) | int) -%}
    {%- if given and (most.number + 1) / given <= limit -%}
        {%- set most.number = most.number + 1 -%}
    {%- elif given and most.number / given > limit -%}
        {%- set most.number = most.number - 1 -%}
    {%- endif -%}
    {{- return(most.number) -}}
{%- endmacro %}

{#- A node is numbered by its rungs, the first ladder counting slowest. -#}
{% macro _number_nodes(lattice) -%}
    {%- set state = namespace(radix=1, nodes=1) -%}
    {%- for ladder in lattice['ladders'] | reverse -%}
        {%- do ladder.update({'radix': state.radix}) -%}
        {%- set state.radix = state.radix * (ladder['rungs'] | length) -%}
        {%- set state.nodes = state.nodes * (ladder['allowed'] | length) -%}
    {%- endfor -%}
    {%- if state.nodes > 2000000 -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ lattice['mart'] ~ ': the quasi-identifiers have too many combinations of levels; got ' ~ state.nodes ~ '; allowed: 2000000; name fewer levels, or lowest and highest ones; see docs/search.md') -%}
    {%- endif -%}
    {{- return(state.nodes) -}}
{%- endmacro %}
