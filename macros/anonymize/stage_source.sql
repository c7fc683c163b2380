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
select
    {{ tokumei._lines(columns) }}
from {{ tokumei._as(at['origin'], 'origin') }}
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
    {%- set comparisons = {'equals': '=', 'at_least': '>=', 'at_most': '<=', 'above': '>', 'below': '<'} -%}
    {%- set conditions = [] -%}
    {%- for condition in policy['where'] -%}
        {%- if condition.get('subjects_in') or condition.get('subjects_not_in') -%}
            {%- set relation = at['lookups'][condition.get('subjects_in') or condition.get('subjects_not_in')] -%}
            {%- set subject = tokumei.sql_identifier(policy['subject']) -%}
            {%- do conditions.append(
                ('' if condition.get('subjects_in') else 'not ') ~ 'exists (select 1 from ' ~ relation
                ~ ' as listed where ' ~ tokumei.sql_text('listed.' ~ subject) ~ ' = ' ~ tokumei.sql_text('origin.' ~ subject) ~ ')'
            ) -%}
        {%- else -%}
            {%- set column = 'origin.' ~ tokumei.sql_identifier(condition['column']) -%}
            {%- set comparison = condition | list | reject('equalto', 'column') | first -%}
            {%- set value = condition[comparison] -%}
            {%- if comparison == 'is' -%}
                {%- do conditions.append(column ~ (' is null' if value == 'null' else ' is not null')) -%}
            {%- elif comparison in ['in', 'not_in'] -%}
                {%- set literals = [] -%}
                {%- for one in value -%}{%- do literals.append(tokumei.sql_literal(one)) -%}{%- endfor -%}
                {%- do conditions.append(column ~ (' in (' if comparison == 'in' else ' not in (') ~ literals | join(', ') ~ ')') -%}
            {%- else -%}
                {%- do conditions.append(column ~ ' ' ~ comparisons[comparison] ~ ' ' ~ tokumei.sql_literal(value)) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(conditions) -}}
{%- endmacro %}
