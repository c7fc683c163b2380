{#- レコード削除: conditions on columns, or a relation of subjects. A literal is refused where it could name a person. -#}
{% macro _resolve_where(errors, policy, given) -%}
    {%- set comparisons = ['is', 'equals', 'at_least', 'at_most', 'above', 'below', 'in', 'not_in'] -%}
    {%- set relations = policy['lookups'] | map(attribute='name') | list -%}
    {%- set conditions = [given] if given is mapping else given -%}
    {%- if conditions is string or conditions is not sequence or conditions | length == 0 -%}
        {%- do tokumei._policy_error(errors, policy['mart'], none, 'where is not a list of conditions', given if given is not none else 'nothing', '{column: …, is: not_null}, {column: …, at_least: …}, {subjects_in: …}, {subjects_not_in: …}') -%}
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
        {%- elif column is not string or column not in policy['source']['columns'] or (used | length) != 1 or (condition | length) != 2 -%}
            {%- do tokumei._policy_error(errors, policy['mart'], none, 'where: a condition is one column of the source and one comparison', condition if condition is not none else 'nothing', comparisons) -%}
        {%- elif used[0] == 'is' and condition['is'] not in ['null', 'not_null'] -%}
            {%- do tokumei._policy_error(errors, policy['mart'], column, 'where: is', condition['is'], ['null', 'not_null']) -%}
        {%- elif used[0] != 'is' and policy['source']['columns'][column] in ['direct_identifier', 'identification_code', 'linking_code', 'free_text'] -%}
            {%- do tokumei._policy_error(errors, policy['mart'], column, 'where: a literal on a ' ~ policy['source']['columns'][column] ~ ' could name a person', used[0], ['is: null', 'is: not_null', 'subjects_in', 'subjects_not_in']) -%}
        {%- elif used[0] != 'is' -%}
            {%- do tokumei._check_where_value(errors, policy, column, used[0], condition[used[0]]) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(conditions) -}}
{%- endmacro %}

{#- The value is of the kind the comparison takes and, where that is known, of the kind the column holds. -#}
{% macro _check_where_value(errors, policy, column, comparison, value) -%}
    {%- set several = comparison in ['in', 'not_in'] -%}
    {%- set type = policy['source']['types'].get(column) -%}
    {%- set is_list = value is sequence and value is not string and value is not mapping -%}
    {%- set given = value if is_list else [value] -%}
    {%- set wrong = [] -%}
    {%- for one in given -%}
        {%- set is_number = one is number and one is not boolean -%}
        {%- set is_date = tokumei._is_date((one | string)[:10]) and modules.re.match('^.{10}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?$', one | string) -%}
        {%- if one is none or one is mapping or (one is sequence and one is not string)
            or type in ['integer', 'number'] and not is_number or type in ['date', 'timestamp'] and not is_date
            or type == 'text' and one is boolean -%}
            {%- do wrong.append(one) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if wrong or is_list != several or given | length == 0 -%}
        {%- set kind = {'integer': 'number', 'number': 'number', 'date': 'date YYYY-MM-DD', 'timestamp': 'date YYYY-MM-DD'}.get(type, 'text, number or date') -%}
        {%- do tokumei._policy_error(errors, policy['mart'], column, 'where: ' ~ comparison, value if value is not none else 'nothing', ('a list of one ' if several else 'one ') ~ kind ~ (' or more' if several else '')) -%}
    {%- endif -%}
{%- endmacro %}
