{#- Numbers the values of every column's tree so that the path from the coarsest level to the finest is a row of bits: to
    generalize a column is to clear its low bits, a node of the lattice is one mask, a combination a few whole numbers
    (words). `combinations` has the base values, tokumei_records and, unless each subject has one record, tokumei_subject.
    Returns the lattice: its ladders, the masks of each rung, and the relation `frequencies`. -#}
{% macro build_lattice(mart, ladders, combinations, lookups, unique, told=[]) -%}
    {%- set errors = tokumei._check_hierarchies(mart, ladders, lookups) -%}
    {%- for ladder in ladders -%}
        {%- do tokumei._allow_rungs(errors, mart, ladder) -%}
    {%- endfor -%}
    {%- do tokumei._raise_together(errors) -%}
    {%- set lattice = {'mart': mart, 'ladders': ladders, 'unique': unique, 'stages': [], 'trees': [], 'made': 0, 'told': told} -%}
    {%- set statements = [] -%}
    {%- for ladder in ladders -%}
        {%- set tree = tokumei._lattice_stage(lattice, 'tree') -%}
        {%- do lattice['trees'].append(tree) -%}
        {%- do statements.append(tokumei.sql_create_stage(tree, tokumei.stage_tree(ladder, combinations, lookups))) -%}
    {%- endfor -%}
    {%- do tokumei._run_together(statements) -%}
    {%- do tokumei._read_trees(lattice) -%}
    {%- do tokumei._pack_fields(lattice) -%}
    {%- set frequencies = tokumei._lattice_stage(lattice, 'frequencies') -%}
    {%- set shares = tokumei._lattice_stage(lattice, 'shares') -%}
    {%- do tokumei._run_together([
        tokumei.sql_create_stage(frequencies, tokumei.stage_frequencies(lattice, combinations)),
        tokumei.sql_create_stage(shares, tokumei.stage_shares(lattice)),
    ]) -%}
    {%- do lattice.update({'frequencies': frequencies, 'shares': shares}) -%}
    {%- if told -%}
        {%- do tokumei._number_told(lattice, combinations) -%}
    {%- endif -%}
    {{- return(lattice) -}}
{%- endmacro %}

{#- A name for one more internal relation of the lattice. -#}
{% macro _lattice_stage(lattice, name) -%}
    {%- do lattice.update({'made': lattice['made'] + 1}) -%}
    {%- set stage = tokumei.sql_stage(lattice['mart'], 'lattice_' ~ lattice['made'] ~ '_' ~ name) -%}
    {%- do lattice['stages'].append(stage) -%}
    {{- return(stage) -}}
{%- endmacro %}

{#- Several statements at once: each call of dbt costs milliseconds. -#}
{% macro _run_together(statements) -%}
    {%- if statements -%}
        {%- do tokumei.run_statements(statements, 'tokumei_lattice') -%}
    {%- endif -%}
{%- endmacro %}

{#- Ends the internal relations of a lattice before its transaction does. -#}
{% macro drop_lattice(lattice) -%}
    {%- set statements = [] -%}
    {%- for stage in lattice['stages'] -%}
        {%- do statements.append('drop table ' ~ stage) -%}
    {%- endfor -%}
    {%- do tokumei._run_together(statements) -%}
{%- endmacro %}

{#- How many bits each level needs below its parent, and what the hierarchies lack. -#}
{% macro _read_trees(lattice) -%}
    {%- set queries = [] -%}
    {%- for ladder in lattice['ladders'] -%}
        {%- set tree = lattice['trees'][loop.index0] -%}
        {%- set number = loop.index0 -%}
        {%- for rung in ladder['rungs'] if rung['kind'] != 'suppressed' -%}
            {%- do queries.append(
                'select ' ~ number ~ ' as ladder, ' ~ loop.index0 ~ ' as rung, coalesce(max(tree.place_' ~ loop.index0 ~ '), 0) as last'
                ~ ', coalesce(sum(case when tree.lacking then 1 else 0 end), 0) as lacking, count(*) as met'
                ~ ', coalesce(max(case when tree.value is null then 1 else 0 end), 0) as nulls from ' ~ tree ~ ' as tree'
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set errors = [] -%}
    {%- for row in tokumei.answer_of(queries | join('\nunion all\n')).rows -%}
        {%- set ladder = lattice['ladders'][row[0] | int] -%}
        {%- set last = row[2] | int -%}
        {%- do ladder['rungs'][row[1] | int].update({'bits': ('{:b}'.format(last)) | length if last else 0}) -%}
        {%- if row[1] == 0 -%}
            {%- do ladder.update({'domain': (ladder['domain'] + row[5] | int) if ladder['kind'] == 'hierarchy' else row[4] | int}) -%}
            {%- if row[3] > 0 -%}
                {%- do tokumei._policy_error(errors, lattice['mart'], ladder['column'], 'the hierarchy ' ~ ladder['hierarchy'] ~ ' lacks ' ~ row[3] ~ ' values of the column', none, none, 'search.md') -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do tokumei._raise_together(errors) -%}
{%- endmacro %}

{#- Bits are given out from the coarsest rung of each column to the finest, in words of 62. A field is a [word, shift]. -#}
{% macro _pack_fields(lattice) -%}
    {%- set state = namespace(word=0, used=0) -%}
    {%- for ladder in lattice['ladders'] -%}
        {%- for rung in ladder['rungs'] | reverse -%}
            {%- set bits = rung.get('bits', 0) -%}
            {%- if state.used + bits > 62 -%}
                {%- set state.word = state.word + 1 -%}
                {%- set state.used = 0 -%}
            {%- endif -%}
            {%- do rung.update({'bits': bits, 'word': state.word, 'shift': state.used}) -%}
            {%- set state.used = state.used + bits -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do lattice.update({'words': state.word + 1}) -%}
    {%- for ladder in lattice['ladders'] -%}
        {%- for rung in ladder['rungs'] -%}
            {%- set masks = [] -%}
            {%- for word in range(lattice['words']) -%}
                {%- set fields = [0] -%}
                {%- for coarser in ladder['rungs'][rung['number']:] if coarser['word'] == word -%}
                    {%- do fields.append((2 ** coarser['bits'] - 1) * 2 ** coarser['shift']) -%}
                {%- endfor -%}
                {%- do masks.append(fields | sum) -%}
            {%- endfor -%}
            {%- do rung.update({'masks': masks}) -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}
