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
    {%- for row in tokumei.answer_of('select rung.axis, max(rung.unit) from ' ~ rungs ~ ' as rung group by rung.axis order by rung.axis').rows -%}
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
