{#- The conditions under which a record is used, as SQL. -#}
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
        {#- A date beyond the years of a timestamp cannot be compared with one. -#}
        {%- for one in given -%}{%- do literals.append('cast(' ~ tokumei.sql_literal(one | string) ~ ' as ' ~ ('date' if type == 'date' and one | string | length == 10 else 'timestamp') ~ ')') -%}{%- endfor -%}
    {%- else -%}
        {%- set column = tokumei.sql_text_order(column) if not several and comparison != 'equals' else tokumei.sql_text(column) -%}
        {%- for one in given -%}{%- do literals.append(tokumei.sql_literal(one | string)) -%}{%- endfor -%}
    {%- endif -%}
    {{- return(column ~ ' ' ~ signs[comparison] ~ ' ' ~ ('(' ~ literals | join(', ') ~ ')' if several else literals[0])) -}}
{%- endmacro %}
