{#- The whole mart as one query of named stages, as a privacy officer reads it in target/compiled. -#}
{% macro compose(policy, origin, lookups) -%}
{%- set shape = tokumei._shape(policy) -%}
{%- set at = {'origin': origin, 'lookups': lookups, 'maps': {}, 'noises': {}, 'swaps': {}, 'recodes': {}, 'follows': {}} -%}
{%- for mart in policy['follows'] -%}
    {%- do at['follows'].update({mart['name']: tokumei.private_relation(tokumei.release_identifier(mart['name']))}) -%}
{%- endfor -%}
{%- for stage in ['source', 'treated', 'members', 'tokens', 'combinations', 'recoded', 'classes', 'kept', 'shown_once'] -%}
    {%- do at.update({stage: stage}) -%}
{%- endfor -%}
{%- do at.update({'numbering': 'window' if tokumei._numbers_records(policy) else 'none'}) -%}
{%- set stages = tokumei.source_stages(policy, at) -%}
{%- do at.update({'source': stages[-1][0]}) -%}
{%- for column in shape['maps'] -%}
    {%- do at['maps'].update({column['name']: tokumei._map_name(column['name'])}) -%}
    {%- do stages.append([tokumei._map_name(column['name']), tokumei.lookup_map(policy, column, at)]) -%}
{%- endfor -%}
{%- for column in shape['noises'] -%}
    {%- do at['noises'].update({column['name']: tokumei._noise_name(column['name'])}) -%}
    {%- do stages.append([tokumei._noise_name(column['name']), tokumei.stage_noise(tokumei._step_arguments(column, 'add_noise'))]) -%}
{%- endfor -%}
{%- set plan = tokumei.treatment_plan(policy) -%}
{%- for layer in plan['layers'] -%}
    {%- do stages.append(['step_' ~ loop.index, tokumei.stage_step(policy, at, plan, loop.index, at['source'] if loop.first else 'step_' ~ loop.index0)]) -%}
{%- endfor -%}
{%- set layers = 'step_' ~ plan['layers'] | length if plan['layers'] else at['source'] -%}
{%- do stages.append(['treated', tokumei.treated_from(policy, at, shape, plan, layers)]) -%}
{%- for column in shape['swaps'] -%}
    {%- set name = tokumei.sql_identifier('swap_' ~ column['name']) -%}
    {%- do at['swaps'].update({column['name']: name}) -%}
    {%- do stages.append([name, tokumei.stage_swap(policy, at, column)]) -%}
{%- endfor -%}
{%- if shape['swaps'] -%}
    {%- do stages.append(['swapped', tokumei.stage_swapped(policy, at, shape)]) -%}
    {%- do at.update({'treated': 'swapped'}) -%}
{%- endif -%}
{%- do stages.append(['members', tokumei.stage_members(policy, at, shape)] if policy['follows'] else ['tokens', tokumei.stage_tokens(policy, at)]) -%}
{%- if shape['classed'] -%}
    {%- do stages.append(['combinations', tokumei.stage_combinations(policy, at, shape, false)]) -%}
    {%- for recode in shape['recodes'] -%}
        {%- do at['recodes'].update({recode['name']: tokumei._recode_name(recode)}) -%}
        {%- if recode['kind'] == 'local' -%}
            {%- do stages.extend(tokumei.local_stages(recode, policy, at, 'combinations', false)) -%}
        {%- elif recode['kind'] == 'group' -%}
            {%- do stages.extend(tokumei.group_stages(recode, policy, at, shape, 'combinations', false)) -%}
        {%- else -%}
            {%- do stages.append([tokumei._recode_name(recode), tokumei.stage_recode(recode, policy, at, 'combinations', false)]) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do stages.extend(tokumei.class_stages(policy, at, shape, 'combinations', false, shape['classed'] + tokumei._class_columns(shape))) -%}
    {%- do stages.append(['shown_once', tokumei.stage_shown_once(at, shape)]) -%}
{%- endif -%}
{%- do stages.append(['final', tokumei.stage_final(policy, at, shape, false, shape['classed'])]) -%}
-- {{ policy['mart'] }}: dataset {{ policy['dataset'] }}, k = {{ policy['k'] }}, from {{ policy['source']['name'] }}
{%- if shape['recodes'] or policy.get('t') %}
-- the stages after combinations, up to kept, are run again on what is kept, until no subject leaves
{%- endif %}
{%- if shape['recodes'] | selectattr('kind', 'equalto', 'group') | list %}
-- of the groups, the first split stands here: it is run again on what it made, until no group can be split
{%- endif %}
{%- if policy['recode'] %}
-- of the local recoding, the first round stands here: it is repeated on what is left, all of it before anything is suppressed
{%- endif %}
with {% for stage in stages -%}
{{ stage[0] }} as (
{{ stage[1] | indent(4, first=true) }}
){{ ',\n\n' if not loop.last else '\n' }}
{%- endfor %}
select {{ tokumei._quoted(policy['columns'] | map(attribute='name')) | join(', ') }}
from final
{%- endmacro %}
