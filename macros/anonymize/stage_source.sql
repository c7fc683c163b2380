{#- The columns the mart takes, of the records `where` leaves (レコード削除). -#}
{% macro stage_source(policy, at) -%}
{%- set names = [policy['subject']] -%}
{%- for column in policy['columns'] -%}
    {%- do names.append(column['from']) -%}
    {%- for step in column['steps'] -%}
        {%- for argument in [step['arguments'].get('of'), step['arguments'].get('at')] if argument in policy['source']['columns'] -%}
            {%- do names.append(argument) -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endfor -%}
{%- set conditions = tokumei._where_conditions(policy, at) -%}
{%- set columns = tokumei._quoted(names | unique, 'origin') -%}
{%- for pair in tokumei._parsed_columns(policy) -%}
    {%- do columns.append(tokumei._parse(policy, pair[0], pair[1]) ~ ' as ' ~ tokumei.sql_identifier('tokumei_' ~ pair[1] ~ '_' ~ pair[0])) -%}
{%- endfor -%}
{%- if at.get('numbering', 'none') != 'none' -%}
    {%- do columns.append(('1' if at['numbering'] == 'one' else 'origin.tokumei_record') ~ ' as tokumei_record') -%}
{%- endif -%}
{%- if 'numbering' in at -%}{%- do columns.extend(tokumei._noise_draws(policy, at)) -%}{%- endif -%}
select
    {{ tokumei._lines(columns) }}
from {{ tokumei._as('numbered' if at.get('numbering') == 'window' else at['origin'], 'origin') }}
{%- if conditions %}
where {{ conditions | join('\n    and ') }}
{%- endif -%}
{%- endmacro %}

{% macro _parse(policy, column, wanted) -%}
    {%- set value = tokumei._value('origin.' ~ tokumei.sql_identifier(column), policy['source']['types'].get(column)) -%}
    {%- if wanted == 'number' -%}
        {{- return(tokumei._as_number(value)) -}}
    {%- elif wanted == 'date' -%}
        {{- return(tokumei._as_date(value)) -}}
    {%- endif -%}
    {{- return(tokumei._as_timestamp(value)) -}}
{%- endmacro %}

{% macro _where_conditions(policy, at) -%}
    {%- set conditions = [] -%}
    {%- for condition in policy['where'] -%}
        {%- if condition.get('subjects_in') or condition.get('subjects_not_in') -%}
            {%- set relation = at['lookups'][condition.get('subjects_in') or condition.get('subjects_not_in')] -%}
            {%- set subject = tokumei.sql_identifier(policy['subject']) -%}
            {%- do conditions.append(
                ('' if condition.get('subjects_in') else 'not ') ~ 'exists (select 1 from ' ~ relation
                ~ ' as listed where ' ~ tokumei.join_text('listed.' ~ subject) ~ ' = ' ~ tokumei.join_text('origin.' ~ subject) ~ ')'
            ) -%}
        {%- else -%}
            {%- do conditions.append(tokumei._where_condition(policy, condition)) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(conditions) -}}
{%- endmacro %}

{#- The literal is read as what the column is, never the column as what the literal is: an engine's own cast error would
    quote a value of the data. -#}
{% macro _where_condition(policy, condition) -%}
    {%- set signs = {'equals': '=', 'at_least': '>=', 'at_most': '<=', 'above': '>', 'below': '<', 'in': 'in', 'not_in': 'not in'} -%}
    {%- set column = 'origin.' ~ tokumei.sql_identifier(condition['column']) -%}
    {%- set comparison = condition | list | reject('equalto', 'column') | first -%}
    {%- if comparison == 'is' -%}
        {{- return(column ~ (' is null' if condition['is'] == 'null' else ' is not null')) -}}
    {%- endif -%}
    {%- set type = policy['source']['types'].get(condition['column']) -%}
    {%- set several = comparison in ['in', 'not_in'] -%}
    {%- set given = condition[comparison] if several else [condition[comparison]] -%}
    {%- set literals = [] -%}
    {%- if given | reject('boolean') | list | length == 0 -%}
        {%- for one in given -%}{%- do literals.append(tokumei.sql_literal(one)) -%}{%- endfor -%}
    {%- elif given | reject('number') | list | length == 0 -%}
        {%- set column = tokumei._as_number(tokumei._value(column, type)) -%}
        {%- for one in given -%}{%- do literals.append(one | string) -%}{%- endfor -%}
    {%- elif type in ['date', 'timestamp'] -%}
        {%- for one in given -%}{%- do literals.append('cast(' ~ tokumei.sql_literal(one | string) ~ ' as timestamp)') -%}{%- endfor -%}
    {%- else -%}
        {%- set column = tokumei.sql_text_order(column) if not several and comparison != 'equals' else tokumei.sql_text(column) -%}
        {%- for one in given -%}{%- do literals.append(tokumei.sql_literal(one | string)) -%}{%- endfor -%}
    {%- endif -%}
    {{- return(column ~ ' ' ~ signs[comparison] ~ ' ' ~ ('(' ~ literals | join(', ') ~ ')' if several else literals[0])) -}}
{%- endmacro %}
