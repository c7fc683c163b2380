{#- Local recoding as named stages of one query, as a person reads it: with the first pass. -#}
{% macro local_stages(recode, policy, at, combinations, unique) -%}
    {%- set axes = tokumei.recode_axes(recode, policy) -%}
    {%- set stages = [['met', tokumei.stage_recode_met(recode, axes, combinations, unique)]] -%}
    {%- set rungs = none -%}
    {%- if axes | rejectattr('member', 'defined') | list -%}
        {%- set rungs = 'rungs' -%}
        {%- do stages.append(['ladders', tokumei.stage_recode_ladders(axes, at, 'met')]) -%}
        {%- do stages.append(['rungs', tokumei.stage_recode_rungs(axes, 'ladders')]) -%}
    {%- endif -%}
    {%- do stages.append(['coded', tokumei.stage_recode_coded(recode, axes, 'met', 'ladders', unique)]) -%}
    {%- if recode['method'] == 'mondrian' -%}
        {%- do stages.append(['parts_0', tokumei.stage_mondrian_start(axes, 'coded', unique)]) -%}
        {%- do stages.append(['parts_1', tokumei.stage_mondrian_split(axes, 'parts_0', rungs, policy['k'], unique)]) -%}
        {%- do stages.append(['shown', tokumei.stage_mondrian_shown(axes, 'parts_1', rungs)]) -%}
    {%- else -%}
        {%- set words = tokumei._words(axes, none) -%}
        {%- do stages.append(['nodes', tokumei.stage_stepwise_nodes(axes, words, 'coded', 'rungs')]) -%}
        {%- do stages.append(['waiting', tokumei.stage_stepwise_start(words, 'coded', unique)]) -%}
        {%- do stages.append(['taken_1', tokumei.stage_stepwise_round(words, 'waiting', 'nodes', 1, 5, policy['k'], unique)]) -%}
        {%- do stages.append(['shown', tokumei.stage_stepwise_shown(axes, 'coded', 'nodes', 'rungs', ['taken_1'])]) -%}
    {%- endif -%}
    {%- do stages.append([tokumei._recode_name(recode), tokumei.stage_recode_local(recode, axes, 'coded', 'shown', 'parts_1' if recode['method'] == 'mondrian' else none, unique)]) -%}
    {{- return(stages) -}}
{%- endmacro %}
