{#- What use is measured on: each record of the source as the mart would show it, nobody suppressed: r_i the source's value of
    column i, x_i the same as a number (days, for dates) where it is one, s_i what is shown. Noise and swaps are left out. -#}
{% macro _use_frame(policy, scene) -%}
    {%- set facts = scene['facts'] -%}
    {%- set columns = [] -%}
    {%- set plain = [] -%}
    {%- for column in policy['columns'] if not column['pseudonym'] -%}
        {%- set steps = column['steps'] | rejectattr('name', 'in', ['add_noise', 'swap']) | list -%}
        {%- do plain.append(dict(column, steps=steps)) -%}
        {%- do columns.append({
            'name': column['name'], 'place': loop.index, 'drawn': steps | length < column['steps'] | length,
            'treatable': 'add_noise' not in (column['steps'] | map(attribute='name') | list),
            'from': column['from'], 'shown': tokumei._kind(scene['types'].get(column['name'])), 'loss': tokumei._loss_way(policy, column),
        }) -%}
    {%- endfor -%}
    {%- set plain = dict(policy, columns=plain) -%}
    {%- set shape = tokumei._shape(plain) -%}
    {%- set plan = tokumei.treatment_plan(plain) -%}
    {#- What was grouped by drawn values cannot be found by those of the source. -#}
    {%- set drawn = columns | selectattr('drawn') | map(attribute='name') | list -%}
    {%- for recode in shape['recodes'] if recode['kind'] in ['group', 'local'] and recode['keys'] | select('in', drawn) | list -%}
        {%- for column in columns if column['name'] in recode['columns'] -%}{%- do column.update({'drawn': true, 'treatable': false}) -%}{%- endfor -%}
    {%- endfor -%}
    {%- for column in columns -%}
        {%- set first = tokumei._first_value(plain, plain['columns'][loop.index0]) -%}
        {%- do column.update({'kind': tokumei._kind(first.type)}) -%}
        {%- do plan['values'].update({'tokumei_raw_' ~ loop.index: tokumei._source_value(policy, column['from'])}) -%}
        {%- if column['kind'] -%}
            {%- do plan['values'].update({'tokumei_number_' ~ loop.index: {'sql': tokumei._as_measured_number(first.sql, column['kind'])}}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set treated = tokumei.treated_from(plain, facts['at'], shape, plan, tokumei._nested_layers(plain, facts['at'], plan, plan['layers'] | length)) -%}
    {{- return({
        'columns': columns, 'policy': policy,
        'rows': tokumei._store(facts, policy['mart'], 'use_records', tokumei._use_records(policy, facts['at'], shape, columns, treated)),
    }) -}}
{%- endmacro %}

{% macro _use_records(policy, at, shape, columns, treated) -%}
{%- set shown = {} -%}
{%- for recode in shape['recodes'] -%}
    {%- for name in recode['columns'] -%}{%- do shown.update({name: tokumei._shown_value(recode, name, loop.index, tokumei._recode_name(recode))}) -%}{%- endfor -%}
{%- endfor -%}
{%- set lines = ['alive.tokumei_subject as who'] -%}
{%- for column in columns -%}
    {%- set place = loop.index -%}
    {%- do lines.append('alive.tokumei_raw_' ~ place ~ ' as r_' ~ place) -%}
    {%- if column['kind'] -%}{%- do lines.append('alive.tokumei_number_' ~ place ~ ' as x_' ~ place) -%}{%- endif -%}
    {%- do lines.append(shown.get(column['name'], 'alive.' ~ tokumei.sql_identifier(column['name'])) ~ ' as s_' ~ place) -%}
{%- endfor -%}
select
    {{ tokumei._lines(lines) }}
from {{ tokumei._inline(tokumei._with_members(treated, at, shape) if policy['follows'] else treated) }} as alive
{%- for recode in shape['recodes'] %}
{%- set map = tokumei._recode_name(recode) %}
left join {{ tokumei._as(at['recodes'][recode['name']], map) }}
    on {{ tokumei._recode_join(recode, map) | join('\n        and ') }}
{%- endfor -%}
{%- endmacro %}

{#- The records of the subjects that the followed mart shows, with what it tells of them. -#}
{% macro _with_members(treated, at, shape) -%}
select
    {{ tokumei._lines(['treated.*'] + tokumei._quoted(shape['followed'] | map(attribute='name') | list, 'members')) }}
from {{ tokumei._inline(treated) }} as treated
inner join {{ at['members'] }} as members on treated.tokumei_subject = members.tokumei_subject
{%- endmacro %}

{#- What can be measured on a line: numbers, and days. -#}
{% macro _kind(type) -%}
    {{- return({'integer': 'number', 'number': 'number', 'date': 'date', 'timestamp': 'date'}.get(type)) -}}
{%- endmacro %}

{% macro _as_measured_number(expression, kind) -%}
    {%- if kind == 'date' -%}
        {{- return('cast(' ~ tokumei.sql_days('cast(' ~ expression ~ ' as date)') ~ ' as ' ~ tokumei.sql_type('double precision') ~ ')') -}}
    {%- endif -%}
    {%- set number = 'cast(' ~ expression ~ ' as ' ~ tokumei.sql_type('double precision') ~ ')' -%}
    {%- set odd = [] -%}
    {%- for word in ['NaN', 'Infinity', '-Infinity'] -%}{%- do odd.append("cast('" ~ word ~ "' as " ~ tokumei.sql_type('double precision') ~ ")") -%}{%- endfor -%}
    {{- return('case when ' ~ number ~ ' not in (' ~ odd | join(', ') ~ ') then ' ~ number ~ ' end') -}}
{%- endmacro %}
