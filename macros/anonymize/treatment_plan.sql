{#- The scalar steps of a mart, laid out in layers: a column with several steps is computed one step a layer, so that each
    expression is written once and can be read. `values` is what the stage `treated` selects, `joins` the columns it looks
    up or draws noise for there, `keys` what each of those is joined on and in which layer. -#}
{% macro treatment_plan(policy, only=none) -%}
    {%- set plan = {'layers': [], 'values': {}, 'joins': [], 'keys': {}} -%}
    {%- for column in policy['columns'] if column['name'] != policy['token'] and (only is none or column['name'] in only) -%}
        {%- set scene = {'policy': policy, 'column': column['name'], 'from': column['from']} -%}
        {%- set state = namespace(value=tokumei._first_value(policy, column)) -%}
        {%- for step in column['steps'] | rejectattr('whole_column') -%}
            {%- if loop.index > plan['layers'] | length and not loop.last -%}
                {%- do plan['layers'].append({'columns': [], 'joins': []}) -%}
            {%- endif -%}
            {%- if step['name'] in ['lookup', 'add_noise'] -%}
                {%- do plan['keys'].update({column['name']: {'layer': loop.index0, 'sql': state.value.sql, 'step': step, 'from': column['from']}}) -%}
                {%- do (plan if loop.last else plan['layers'][loop.index0])['joins'].append(column['name']) -%}
            {%- endif -%}
            {%- do tokumei._require_readable(policy, column, step, state.value) -%}
            {%- set state.value = tokumei['step_' ~ step['name']](state.value, step['arguments'], scene) -%}
            {%- if not loop.last -%}
                {%- set state.value = tokumei._keep_in_layer(plan['layers'][loop.index0], state.value, loop.index ~ '_' ~ column['name']) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- do plan['values'].update({column['name']: state.value}) -%}
    {%- endfor -%}
    {{- return(plan) -}}
{%- endmacro %}

{#- Names a value in its layer, with the number or date behind a label, and returns it as the next layer reads it. -#}
{% macro _keep_in_layer(layer, value, name) -%}
    {%- set kept = {'type': value.type} -%}
    {%- for part, prefix in [['sql', 'tokumei_step_'], ['number', 'tokumei_number_behind_'], ['date', 'tokumei_date_behind_']] -%}
        {%- if value.get(part) is none -%}
            {%- do kept.update({part: none}) -%}
        {%- else -%}
            {%- do layer['columns'].append(value[part] ~ ' as ' ~ tokumei.sql_identifier(prefix ~ name)) -%}
            {%- do kept.update({part: 'source.' ~ tokumei.sql_identifier(prefix ~ name)}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(kept) -}}
{%- endmacro %}

{#- One layer over the one before it. -#}
{% macro stage_step(policy, at, plan, number, before) -%}
{%- set layer = plan['layers'][number - 1] -%}
select
    {{ tokumei._lines(['source.*'] + layer['columns']) }}
from {{ tokumei._as(before, 'source') }}
{{- tokumei._join_maps(at, plan, layer['joins']) }}
{%- endmacro %}

{% macro _join_maps(at, plan, joins) -%}
{%- for name in joins %}
{%- if plan['keys'][name]['step']['name'] == 'lookup' %}
left join {{ tokumei._as(at['maps'][name], tokumei._map_name(name)) }}
    on {{ plan['keys'][name]['sql'] }} = {{ tokumei._map_name(name) }}.value
{%- else %}
{{ tokumei._join_noise(at, plan['keys'][name], name) }}
{%- endif %}
{%- endfor -%}
{%- endmacro %}

{% macro _join_noise(at, key, name) -%}
{%- set noise = tokumei._noise_name(name) -%}
{%- set draw = 'source.' ~ tokumei._draw_name(key['from']) -%}
left join {{ tokumei._as(at['noises'][name], noise) }}
    on {{ tokumei.sql_whole_quotient(draw, 2 ** 48 // tokumei._noise_buckets(key['step']['arguments'])) }} = {{ noise }}.bucket
    and {{ draw }} >= {{ noise }}.starts_at and {{ draw }} < {{ noise }}.ends_before
{%- endmacro %}

{#- The layers as one relation, nested: what a single statement reads. -#}
{% macro _nested_layers(policy, at, plan, upto) -%}
    {%- set state = namespace(relation=at['source']) -%}
    {%- for layer in plan['layers'][:upto] -%}
        {%- set state.relation = tokumei._inline(tokumei.stage_step(policy, at, plan, loop.index, state.relation)) -%}
    {%- endfor -%}
    {{- return(state.relation) -}}
{%- endmacro %}

{#- A date read as a number, or a number as a date, would become null in every row. -#}
{% macro _require_readable(policy, column, step, value) -%}
    {%- set wanted = tokumei._wanted(step) -%}
    {%- for argument, read_as in tokumei._column_arguments(step).items() if step['arguments'].get(argument) in policy['source']['types'] -%}
        {%- set type = policy['source']['types'][step['arguments'][argument]] -%}
        {%- if type in (['date', 'timestamp'] if read_as == 'degrees' else ['integer', 'number']) -%}
            {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ '.' ~ column['name'] ~ ': ' ~ step['name'] ~ ': ' ~ argument ~ ' names a column of another kind; got a ' ~ type ~ '; allowed: ' ~ ('numbers' if read_as == 'degrees' else 'dates') ~ '; see docs/steps/' ~ step['name'] ~ '.md') -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set of_dates = value.type in ['date', 'timestamp'] or value.get('date') is not none -%}
    {%- set of_numbers = value.type in ['integer', 'number'] or value.get('number') is not none -%}
    {%- if wanted in ['number', 'degrees'] and of_dates or wanted in ['date', 'timestamp'] and of_numbers -%}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ '.' ~ column['name'] ~ ': ' ~ step['name'] ~ ' reads a ' ~ ('number' if of_dates else 'date') ~ '; got a ' ~ ('date' if of_dates else 'number') ~ '; see docs/steps/' ~ step['name'] ~ '.md') -%}
    {%- endif -%}
{%- endmacro %}
