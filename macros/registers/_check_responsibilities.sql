{#- 別表3 (規則35条1号から3号): who is responsible for the security of method information, by which rules, and whether it was
    looked at. Each of the three measures has somebody, and somebody may handle method information. -#}
{% macro _check_responsibilities(rows) -%}
    {%- set wrong = [] -%}
    {%- set today = tokumei.today() -%}
    {%- set measures = ['organisation', 'rules', 'access'] -%}
    {%- for row in rows -%}
        {%- if row['measure'] is not none and row['measure'] not in measures -%}
            {%- do wrong.append([row['row'], 'measure', 'unknown measure', measures | join(', ')]) -%}
        {%- elif row['measure'] == 'rules' and row['document'] is none -%}
            {%- do wrong.append([row['row'], 'document', 'is missing: where the rules are (規則35条2号)', none]) -%}
        {%- endif -%}
        {%- if row['last_reviewed_on'] is not none and row['last_reviewed_on'] > today -%}
            {%- do wrong.append([row['row'], 'last_reviewed_on', 'lies in the future', 'the day of the last review']) -%}
        {%- endif -%}
        {%- if row['next_review_on'] is not none and row['next_review_on'] < today -%}
            {%- do wrong.append([row['row'], 'next_review_on', 'the review is overdue', 'today or later']) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for measure in measures -%}
        {%- set of_measure = rows | selectattr('measure', 'equalto', measure) | list -%}
        {%- if not of_measure -%}
            {%- do wrong.append([none, 'measure', 'no row for ' ~ measure, none]) -%}
        {%- elif not (of_measure | selectattr('responsible', 'string') | list) -%}
            {%- do wrong.append([none, 'responsible', 'nobody for ' ~ measure, none]) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not (rows | selectattr('may_handle_method_information') | selectattr('responsible', 'string') | list) -%}
        {%- do wrong.append([none, 'may_handle_method_information', 'nobody may handle method information', 'true for somebody']) -%}
    {%- endif -%}
    {{- return(wrong) -}}
{%- endmacro %}
