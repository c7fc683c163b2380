{#- Before and after, of each item: how many subjects have each of its values in the source, treated as the mart treats it,
    and in the mart; as the rows of release_distributions_log: [column_name, kind, label, value_from, value_to, before,
    after]. Coarse, and small counts pooled before anything is written: it stays in the log for good. -#}
{% macro measure_distributions(policy, scene, frame) -%}
    {%- set rows = [] -%}
    {%- for column in frame['columns'] -%}
        {%- set grain = tokumei._distribution_grain(frame, scene, column) -%}
        {%- set state = namespace(found=tokumei._distribution(policy, scene, frame, column, grain, 15)) -%}
        {#- A small pool takes in the smallest of the values shown, which is not small: its count would tell the pool's. -#}
        {%- set pool = state.found | selectattr(1, 'equalto', 'pool') | list | first | default(none) -%}
        {%- if pool is not none and (0 < pool[5] < tokumei._least_shown(policy) or 0 < pool[6] < tokumei._least_shown(policy)) -%}
            {%- set state.found = tokumei._distribution(policy, scene, frame, column, grain, state.found | length - 2) -%}
        {%- endif -%}
        {%- for row in state.found -%}
            {%- do rows.append(row[:5] + [tokumei.shown_count(row[5]), tokumei.shown_count(row[6])]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(rows) -}}
{%- endmacro %}

{% macro _least_shown(policy) -%}
    {{- return([10, policy['k']] | max) -}}
{%- endmacro %}

{% macro _distribution(policy, scene, frame, column, grain, most) -%}
    {%- set rows = [] -%}
    {%- for row in tokumei.answer_of(tokumei.distribution_of_column(policy, scene, frame, column, grain, most)).rows -%}
        {%- set from = row[2] | float if row[2] is not none else none -%}
        {%- set stepped = grain['step'] and from is not none -%}
        {%- do rows.append([
            column['name'], 'range' if stepped else row[0], row[1][1:] if row[0] == 'value' and from is none else none,
            none if stepped and from < grain['lowest'] + grain['step'] / 2 else from,
            (none if from > grain['highest'] - grain['step'] / 2 else from + grain['step']) if stepped else from,
            row[3] | int, row[4] | int,
        ]) -%}
    {%- endfor -%}
    {{- return(rows) -}}
{%- endmacro %}

{#- How coarse a column is looked at: texts and few numbers as they are, many numbers in steps of 1, 2 or 5, many days by month
    or year. The steps begin at round numbers and the outer ones are open: no value of anybody is an edge. -#}
{% macro _distribution_grain(frame, scene, column) -%}
    {%- set grain = {'kind': column['shown'], 'step': none, 'length': 10, 'lowest': none, 'highest': none} -%}
    {%- set value = 'mart.' ~ tokumei.sql_identifier(column['name']) -%}
    {%- if column['shown'] == 'number' -%}
        {%- set number = tokumei._as_measured_number(value, 'number') -%}
        {%- set met = tokumei.first_row(
            'select count(distinct ' ~ number ~ ') as met, percentile_cont(0.05) within group (order by ' ~ number ~ ') as low, percentile_cont(0.95) within group (order by '
            ~ number ~ ') as high from ' ~ scene['release'] ~ ' as mart') -%}
        {%- if met[0] > 15 -%}
            {%- set step = tokumei._round_step((met[2] | float - met[1] | float) / 8) -%}
            {%- do grain.update({'step': step, 'lowest': (met[1] | float / step) | round(0, 'floor') * step, 'highest': (met[2] | float / step) | round(0, 'floor') * step}) -%}
        {%- endif -%}
    {%- elif column['shown'] == 'date' -%}
        {%- set day = tokumei.sql_text('cast(' ~ value ~ ' as date)') -%}
        {%- set met = tokumei.first_row(
            'select count(distinct ' ~ day ~ ') as days, count(distinct substr(' ~ day ~ ', 1, 7)) as months, count(distinct substr(' ~ day ~ ', 1, 4)) as years from ' ~ scene['release'] ~ ' as mart') -%}
        {%- if met[0] == met[2] or met[1] > 15 -%}
            {%- do grain.update({'length': 4}) -%}
        {%- elif met[0] == met[1] or met[0] > 15 -%}
            {%- do grain.update({'length': 7}) -%}
        {%- endif -%}
    {%- endif -%}
    {{- return(grain) -}}
{%- endmacro %}

{#- The next 1, 2 or 5 times a power of ten. -#}
{% macro _round_step(width) -%}
    {%- if not width > 0 -%}
        {{- return(1.0) -}}
    {%- endif -%}
    {%- set state = namespace(power=1.0) -%}
    {%- for _ in range(60) if state.power > width -%}{%- set state.power = state.power / 10 -%}{%- endfor -%}
    {%- for _ in range(60) if state.power * 10 <= width -%}{%- set state.power = state.power * 10 -%}{%- endfor -%}
    {%- for times in [1, 2, 5] if state.power * times >= width -%}
        {{- return(state.power * times) -}}
    {%- endfor -%}
    {{- return(state.power * 10) -}}
{%- endmacro %}
