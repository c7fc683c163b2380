{#- レコード削除: conditions on columns, or a relation of subjects. A literal is refused where it could name a person. -#}
{% macro _resolve_where(errors, policy, given) -%}
    {%- set comparisons = ['is', 'equals', 'at_least', 'at_most', 'above', 'below', 'in', 'not_in'] -%}
    {%- set relations = policy['lookups'] | map(attribute='name') | list -%}
    {%- set conditions = [given] if given is mapping else (given or []) -%}
    {%- if conditions is string or conditions is not sequence -%}
        {%- do tokumei._policy_error(errors, policy['mart'], none, 'where is not a list of conditions', given, '{column: …, is: not_null}, {column: …, at_least: …}, {subjects_in: …}, {subjects_not_in: …}') -%}
        {{- return([]) -}}
    {%- endif -%}
    {%- for condition in conditions -%}
        {%- set column = condition.get('column') if condition is mapping else none -%}
        {%- set used = comparisons | select('in', condition) | list if condition is mapping else [] -%}
        {%- if condition is mapping and (condition.get('subjects_in') or condition.get('subjects_not_in')) -%}
            {%- set relation = condition.get('subjects_in') or condition.get('subjects_not_in') -%}
            {%- if (condition | length) != 1 or relation not in relations -%}
                {%- do tokumei._policy_error(errors, policy['mart'], none, 'where: a relation of subjects is passed to anonymize(lists=[ref(…)])', relation, relations | join(', ') or 'none is passed') -%}
            {%- endif -%}
        {%- elif column not in policy['source']['columns'] or (used | length) != 1 or (condition | length) != 2 -%}
            {%- do tokumei._policy_error(errors, policy['mart'], none, 'where: a condition is one column of the source and one comparison', condition, comparisons) -%}
        {%- elif used[0] == 'is' and condition['is'] not in ['null', 'not_null'] -%}
            {%- do tokumei._policy_error(errors, policy['mart'], column, 'where: is', condition['is'], ['null', 'not_null']) -%}
        {%- elif used[0] != 'is' and policy['source']['columns'][column] in ['direct_identifier', 'identification_code', 'linking_code', 'free_text'] -%}
            {%- do tokumei._policy_error(errors, policy['mart'], column, 'where: a literal on a ' ~ policy['source']['columns'][column] ~ ' could name a person', used[0], ['is: null', 'is: not_null', 'subjects_in', 'subjects_not_in']) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(conditions) -}}
{%- endmacro %}
