{#- A group recode as named stages of one query, as a person reads it: with the first pass. -#}
{% macro group_stages(recode, policy, at, shape, combinations, unique) -%}
    {%- set members = tokumei._group_members(recode, policy) -%}
    {%- set names = {} -%}
    {%- for stage in ['met', 'start', 'split'] -%}
        {%- do names.update({stage: tokumei.sql_identifier('group_' ~ recode['name'] ~ ' ' ~ stage)}) -%}
    {%- endfor -%}
    {{- return([
        [names['met'], tokumei.stage_group_met(recode, members, at, shape, combinations, unique)],
        [names['start'], tokumei.stage_group_start(members, names['met'], unique)],
        [names['split'], tokumei.stage_group_split(recode, members, names['start'], unique)],
        [tokumei._recode_name(recode), tokumei.stage_groups(recode, members, names['met'], names['start'], names['split'], unique)],
    ]) -}}
{%- endmacro %}
