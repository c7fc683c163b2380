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
