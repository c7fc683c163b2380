{#- Runs local recoding, once, on the quasi-identifiers of all that is there: what is suppressed later changes no class. -#}
{% macro store_local(facts, policy, stage, recode, at, combinations, unique) -%}
    {%- set mart = policy['mart'] -%}
    {%- set axes = tokumei.recode_axes(recode, policy) -%}
    {%- do tokumei._check_ladders(policy, axes, at, combinations) -%}
    {%- set met = tokumei._store(facts, mart, stage ~ '_met', tokumei.stage_recode_met(recode, axes, combinations, unique)) -%}
    {%- set state = namespace(ladders=none, rungs=none, shown=none, parts=none) -%}
    {%- if axes | rejectattr('member', 'defined') | list -%}
        {%- set state.ladders = tokumei._store(facts, mart, stage ~ '_ladders', tokumei.stage_recode_ladders(axes, at, met)) -%}
        {%- set state.rungs = tokumei._store(facts, mart, stage ~ '_rungs', tokumei.stage_recode_rungs(axes, state.ladders)) -%}
    {%- endif -%}
    {%- set coded = tokumei._store(facts, mart, stage ~ '_coded', tokumei.stage_recode_coded(recode, axes, met, state.ladders, unique)) -%}
    {%- if recode['method'] == 'mondrian' -%}
        {%- set state.parts = tokumei._store_mondrian(facts, policy, stage, axes, coded, state.rungs, unique) -%}
        {%- set state.shown = tokumei._store(facts, mart, stage ~ '_shown', tokumei.stage_mondrian_shown(axes, state.parts, state.rungs)) -%}
    {%- else -%}
        {%- set state.shown = tokumei._store_stepwise(facts, policy, stage, axes, coded, state.rungs, unique) -%}
    {%- endif -%}
    {{- return(tokumei._store(facts, mart, stage, tokumei.stage_recode_local(recode, axes, coded, state.shown, state.parts, unique))) -}}
{%- endmacro %}

{#- Divides until no part can be. -#}
{% macro _store_mondrian(facts, policy, stage, axes, coded, rungs, unique) -%}
    {%- set start = tokumei._store(facts, policy['mart'], stage ~ '_0', tokumei.stage_mondrian_start(axes, coded, unique)) -%}
    {%- set state = namespace(made=start, closed=false) -%}
    {%- for pass in range(1, 129) -%}
    {%- if not state.closed -%}
        {%- set query = tokumei.stage_mondrian_split(axes, state.made, rungs, policy['k'], unique) -%}
        {%- set state.made = tokumei._replace_stage(facts, policy['mart'], stage ~ '_' ~ pass, query, state.made, none) -%}
        {%- set state.closed = tokumei.first_row('select count(*) from ' ~ state.made ~ ' as made where made.dividing')[0] == 0 -%}
    {%- endif -%}
    {%- endfor -%}
    {%- if not state.closed -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ ': recode: parts could still be divided after 128 passes; see docs/steps/recode.md') -%}
    {%- endif -%}
    {{- return(state.made) -}}
{%- endmacro %}

{#- Rounds, each of as many generalizations as make about 100,000 rows with what is left (project default). -#}
{% macro _store_stepwise(facts, policy, stage, axes, coded, rungs, unique) -%}
    {%- set mart = policy['mart'] -%}
    {%- set words = tokumei._words(axes, rungs) -%}
    {%- set nodes = tokumei._store(facts, mart, stage ~ '_nodes', tokumei.stage_stepwise_nodes(axes, words, coded, rungs)) -%}
    {%- set every = tokumei.first_row('select count(*) from ' ~ nodes ~ ' as every_node')[0] | int -%}
    {%- set left = tokumei._store(facts, mart, stage ~ '_left', tokumei.stage_stepwise_start(words, coded, unique)) -%}
    {%- set state = namespace(left=left, rows=tokumei.first_row('select count(*) from ' ~ left ~ ' as waiting')[0] | int, turn=1) -%}
    {%- set taken = [] -%}
    {%- for round in range(1, every + 1) -%}
    {%- if state.rows > 0 and state.turn < every -%}
        {%- set last = [state.turn + [100000 // state.rows, 1] | max, every] | min - 1 -%}
        {%- set made = tokumei._store(facts, mart, stage ~ '_taken_' ~ round, tokumei.stage_stepwise_round(words, state.left, nodes, state.turn, last, policy['k'], unique)) -%}
        {%- set state.turn = last + 1 -%}
        {%- if tokumei.first_row('select count(*) from ' ~ made ~ ' as taken')[0] > 0 -%}
            {%- do taken.append(made) -%}
            {%- set state.left = tokumei._replace_stage(facts, mart, stage ~ '_left_' ~ round, tokumei.stage_stepwise_left(state.left, made), state.left, none) -%}
            {%- set state.rows = tokumei.first_row('select count(*) from ' ~ state.left ~ ' as waiting')[0] | int -%}
        {%- endif -%}
    {%- endif -%}
    {%- endfor -%}
    {{- return(tokumei._store(facts, mart, stage ~ '_shown', tokumei.stage_stepwise_shown(axes, coded, nodes, rungs, taken))) -}}
{%- endmacro %}

{#- Which columns' codes stand side by side in one whole number of 62 bits, the first highest; before anything is known, each alone. -#}
{% macro _words(axes, rungs) -%}
    {%- set words = [] -%}
    {%- set state = namespace(size=2 ** 62) -%}
    {%- if rungs is none -%}
        {%- for axis in axes -%}{%- do words.append([{'number': axis['number'], 'offset': 1, 'size': none}]) -%}{%- endfor -%}
        {{- return(words) -}}
    {%- endif -%}
    {%- for row in tokumei.run_statement('select rung.axis, max(rung.unit) from ' ~ rungs ~ ' as rung group by rung.axis order by rung.axis').rows -%}
        {%- if state.size * (row[1] | int) > 2 ** 62 -%}
            {%- do words.append([]) -%}
            {%- set state.size = 1 -%}
        {%- endif -%}
        {%- for part in words[-1] -%}{%- do part.update({'offset': part['offset'] * (row[1] | int)}) -%}{%- endfor -%}
        {%- do words[-1].append({'number': row[0] | int, 'offset': 1, 'size': row[1] | int}) -%}
        {%- set state.size = state.size * (row[1] | int) -%}
    {%- endfor -%}
    {{- return(words) -}}
{%- endmacro %}
