{#- The columns of a group, each reckoned with as a whole number: the place in `order`, days, or a number in steps of
    10^-decimals. `grid` is the unit of a mean in these steps, `shown` its decimals. -#}
{% macro _group_members(recode, policy) -%}
    {%- set plan = tokumei.treatment_plan(policy, recode['columns']) -%}
    {%- set members = [] -%}
    {%- for column in policy['columns'] if column['name'] in recode['columns'] -%}
        {%- set step = column['steps'] | selectattr('name', 'equalto', 'microaggregate') | first -%}
        {%- set type = plan['values'][column['name']].type -%}
        {%- set member = {'column': column['name'], 'type': type, 'order': step['arguments'].get('order'), 'decimals': 0, 'grid': 1, 'shown': 0} -%}
        {%- if not member['order'] and type not in ['date', 'timestamp'] -%}
            {%- set unit = tokumei._group_unit(column, step, type) -%}
            {%- set decimals = tokumei._decimals(unit) if type == 'integer' else [tokumei._decimals(unit), 6] | max -%}
            {%- do member.update({
                'decimals': decimals,
                'grid': (unit * 10 ** decimals) | round | int,
                'shown': tokumei._decimals(unit) if recode['representative'] == 'mean' else decimals,
            }) -%}
        {%- endif -%}
        {%- do members.append(member) -%}
    {%- endfor -%}
    {{- return(members) -}}
{%- endmacro %}

{#- As told; else that of a `round` before; else whole numbers stay whole, and others have six decimals. -#}
{% macro _group_unit(column, step, type) -%}
    {%- set before = column['steps'] | rejectattr('whole_column') | list -%}
    {%- if step['arguments'].get('unit') -%}
        {{- return(step['arguments']['unit']) -}}
    {%- elif before and before[-1]['name'] == 'round' -%}
        {{- return(before[-1]['arguments']['unit']) -}}
    {%- endif -%}
    {{- return(1 if type == 'integer' else 0.000001) -}}
{%- endmacro %}

{#- A treated value as its whole number; null where it has none of at most 18 digits. -#}
{% macro _group_number(member, sql) -%}
    {%- if member['order'] -%}
        {%- set branches = [] -%}
        {%- for text in member['order'] -%}
            {%- do branches.append('when ' ~ tokumei.sql_literal(text) ~ ' then ' ~ loop.index) -%}
        {%- endfor -%}
        {{- return('case ' ~ tokumei.sql_text(sql) ~ ' ' ~ branches | join(' ') ~ ' end') -}}
    {%- endif -%}
    {%- set value = tokumei._value(sql, member['type']) -%}
    {%- if member['type'] in ['date', 'timestamp'] -%}
        {%- do value.update({'as_it_is': true}) -%}
        {{- return(tokumei.sql_days(tokumei._as_date(value))) -}}
    {%- endif -%}
    {%- set end = 10 ** (18 - member['decimals']) -%}
    {%- set number = sql if member['type'] == 'integer' else tokumei._as_decimal(value) -%}
    {%- set within = tokumei.sql_narrow('nullif(nullif(greatest(least(' ~ number ~ ', ' ~ end ~ '), -' ~ end ~ '), ' ~ end ~ '), -' ~ end ~ ')', 18 - member['decimals']) -%}
    {%- if member['type'] == 'integer' -%}
        {{- return('cast(' ~ within ~ ' as bigint)' ~ (' * ' ~ 10 ** member['decimals'] if member['decimals'] else '')) -}}
    {%- endif -%}
    {%- set scaled = 'abs(' ~ within ~ ')' ~ (' * ' ~ 10 ** member['decimals'] if member['decimals'] else '') -%}
    {{- return('cast(sign(' ~ within ~ ') * floor(' ~ scaled ~ ' + 0.5) as bigint)') -}}
{%- endmacro %}

{#- What a column shows for a whole number. -#}
{% macro _group_value(member, number) -%}
    {%- if member['order'] -%}
        {%- set branches = [] -%}
        {%- for text in member['order'] -%}
            {%- do branches.append('when ' ~ loop.index ~ ' then ' ~ tokumei.sql_literal(text)) -%}
        {%- endfor -%}
        {{- return('case ' ~ number ~ ' ' ~ branches | join(' ') ~ ' end') -}}
    {%- elif member['type'] in ['date', 'timestamp'] -%}
        {{- return(tokumei.sql_date_of_days(number)) -}}
    {%- elif member['decimals'] == 0 -%}
        {{- return('cast(' ~ number ~ ' as bigint)') -}}
    {%- endif -%}
    {%- set unit = '%.*f' | format(member['decimals'], 10 ** -member['decimals']) -%}
    {{- return('cast(cast(' ~ number ~ ' as decimal(28, 0)) * ' ~ unit ~ ' as decimal(38, ' ~ member['shown'] ~ '))') -}}
{%- endmacro %}
