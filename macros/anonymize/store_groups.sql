{#- Runs the passes of one group recode and keeps its result: split until nothing is left to split; a single column's
    neighbouring groups are then cut anew, two by two. -#}
{% macro store_groups(facts, policy, stage, recode, at, shape, combinations, unique) -%}
    {%- set mart = policy['mart'] -%}
    {%- set members = tokumei._group_members(recode, policy) -%}
    {%- set met = tokumei._store(facts, mart, stage ~ '_met', tokumei.stage_group_met(recode, members, at, shape, combinations, unique)) -%}
    {%- set start = tokumei._store(facts, mart, stage ~ '_0', tokumei.stage_group_start(members, met, unique)) -%}
    {%- set state = namespace(made=start, closed=false) -%}
    {%- for pass in range(1, 65) -%}
    {%- if not state.closed -%}
        {%- set query = tokumei.stage_group_split(recode, members, state.made, unique) -%}
        {%- set state.made = tokumei._replace_stage(facts, mart, stage ~ '_' ~ pass, query, state.made, start) -%}
        {%- set state.closed = tokumei.first_row('select count(*) from ' ~ state.made ~ ' as made where made.dividing')[0] == 0 -%}
    {%- endif -%}
    {%- endfor -%}
    {%- if not state.closed -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ '.' ~ recode['name'] ~ ': groups could still be split after 64 passes; see docs/steps/microaggregate.md') -%}
    {%- endif -%}
    {%- for odd in [true, false, true, false] if members | length == 1 -%}
        {%- set pairs = tokumei._inline(tokumei.stage_group_pairs(state.made, odd, unique)) -%}
        {%- set query = tokumei.stage_group_split(recode, members, pairs, unique, freely=true) -%}
        {%- set state.made = tokumei._replace_stage(facts, mart, stage ~ '_again_' ~ loop.index, query, state.made, start) -%}
    {%- endfor -%}
    {{- return(tokumei._store(facts, mart, stage, tokumei.stage_groups(recode, members, met, start, state.made, unique))) -}}
{%- endmacro %}

{#- The next state of a stage; the one before it gives its room back, unless it is `kept`. -#}
{% macro _replace_stage(facts, mart, name, query, before, kept) -%}
    {%- set stage = tokumei._store(facts, mart, name, query) -%}
    {%- if before != kept -%}
        {%- do tokumei.run_statement(tokumei.sql_discard_stage(before)) -%}
        {%- do facts['stages'].remove(before) -%}
    {%- endif -%}
    {{- return(stage) -}}
{%- endmacro %}
