{#- The nodes of a lattice that score best, proven: `asked` has k, max_suppression, by (discernibility, average_class_size,
    loss, precision), show (runners-up). Nodes are evaluated in waves, many in one statement; a wave closes what cannot be
    feasible, because suppression never rises when a node is generalized, and what cannot score better, because each measure
    has a lower bound that never falls (docs/search.md). Returns {best: nodes in order, evaluated, nodes, combinations}. -#}
{% macro best_nodes(lattice, asked, frequencies=none) -%}
    {%- set search = tokumei._begin_search(lattice, asked, frequencies) -%}
    {%- set state = namespace(going=search['records'] > 0) -%}
    {#- A loop over as many waves as there may be would be counted to its end: two are not. -#}
    {%- for _ in range(300) if state.going -%}
        {%- for _ in range(300) if state.going -%}
            {%- set state.going = tokumei._search_wave(lattice, asked, search, search['waves'] + 1) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return({'best': search['best'], 'evaluated': search['evaluated'], 'nodes': search['nodes'], 'combinations': search['combinations'], 'records': search['records'], 'subjects': search['subjects']}) -}}
{%- endmacro %}

{#- What some nodes come to when asked otherwise: the search says by it what l and t would suppress beside k. -#}
{% macro evaluate_nodes(lattice, asked, ids) -%}
    {%- set search = tokumei._begin_search(lattice, asked, none) -%}
    {%- do search.update({'batch': tokumei._lattice_stage(lattice, 'batch'), 'found': tokumei._lattice_stage(lattice, 'found')}) -%}
    {%- do tokumei._run_together([
        tokumei.sql_create_stage(search['batch'], 'select node.* from ' ~ search['open'] ~ ' as node where node.id in (' ~ ids | join(', ') ~ ')'),
        tokumei.sql_create_stage(search['found'], tokumei.stage_found(lattice, asked, search)),
    ]) -%}
    {%- set nodes = {} -%}
    {%- for row in tokumei.answer_of('select found.id, found.lost_records, found.lost_subjects from ' ~ search['found'] ~ ' as found').rows -%}
        {%- do nodes.update({row[0] | int: {'records': row[1] | int, 'subjects': row[2] | int}}) -%}
    {%- endfor -%}
    {{- return(nodes) -}}
{%- endmacro %}

{#- Evaluates one more batch of nodes; whether there was one. -#}
{% macro _search_wave(lattice, asked, search, wave) -%}
    {%- set before = search['open'] -%}
    {%- do search.update({
        'waves': wave,
        'open': tokumei._lattice_stage(lattice, 'open'),
        'batch': tokumei._lattice_stage(lattice, 'batch'),
        'before_found': search.get('found'),
        'found': tokumei._lattice_stage(lattice, 'found'),
    }) -%}
    {%- set statements = [
        tokumei.sql_create_stage(search['open'], tokumei.stage_open(lattice, asked, search, before, search['threshold'])),
        tokumei.sql_create_stage(search['batch'], tokumei.stage_batch(lattice, asked, search, wave)),
        tokumei.sql_create_stage(search['found'], tokumei.stage_found(lattice, asked, search)),
    ] -%}
    {%- if asked['by'] == 'loss' -%}
        {%- set found = search['found'] -%}
        {%- do search.update({'found': tokumei._lattice_stage(lattice, 'scored')}) -%}
        {%- do statements.append(tokumei.sql_create_stage(search['found'], tokumei.stage_scored(lattice, asked, search, found))) -%}
    {%- endif -%}
    {%- do statements.append(tokumei.sql_discard_stage(before)) -%}
    {%- do lattice['stages'].remove(before) -%}
    {%- do tokumei._run_together(statements) -%}
    {%- set rows = tokumei.answer_of(tokumei._best_of_wave(asked, search)).rows -%}
    {%- do search.update({'evaluated': search['evaluated'] + rows[0][0] | int}) -%}
    {%- for row in rows if row[1] is not none -%}
        {%- do search['best'].append(tokumei._node(lattice, row)) -%}
    {%- endfor -%}
    {%- set best = (search['best'] | sort(attribute='score,lost_records,id'))[:asked['show'] + 1] -%}
    {%- do search.update({'best': best, 'threshold': best[-1]['score'] if best | length > asked['show'] else none}) -%}
    {{- return(rows[0][0] > 0) -}}
{%- endmacro %}

{% macro _best_of_wave(asked, search) -%}
select
    counted.nodes,
    found.id,
    found.score,
    found.lost_records,
    found.lost_subjects,
    found.kept,
    found.smallest
from (select count(*) as nodes from {{ search['batch'] }} as batch) as counted
left join (
    select *
    from {{ search['found'] }} as found
    where found.feasible
    order by found.score, found.lost_records, found.id
    limit {{ asked['show'] + 1 }}
) as found on true
{%- endmacro %}

{#- A node as a person reads it: a rung for each ladder. -#}
{% macro _node(lattice, row) -%}
    {%- set id = row[1] | int -%}
    {%- set rungs = [] -%}
    {%- for ladder in lattice['ladders'] -%}
        {%- do rungs.append(id // ladder['radix'] % (ladder['rungs'] | length)) -%}
    {%- endfor -%}
    {{- return({
        'id': id, 'rungs': rungs, 'score': row[2] | float, 'lost_records': row[3] | int, 'lost_subjects': row[4] | int,
        'classes': row[5] | int, 'smallest': row[6] | int if row[6] is not none else none,
    }) -}}
{%- endmacro %}
