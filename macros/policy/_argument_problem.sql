{#- What an argument may be, as a person would say it; none when the value is fine. -#}
{% macro _argument_problem(kind, value, policy) -%}
    {%- set is_number = value is number and value is not boolean -%}
    {%- set is_date = tokumei._is_date(value | string) -%}
    {%- if kind is not string -%}
        {{- return(none if value in kind and value is not boolean else kind | join(', ')) -}}
    {%- elif kind == 'number or date' -%}
        {{- return(none if is_number or is_date else 'a number or a date YYYY-MM-DD') -}}
    {%- elif kind == 'date or source column' -%}
        {{- return(none if is_date or value | string in policy['source']['columns'] else 'a date YYYY-MM-DD or a column of the source') -}}
    {%- elif kind == 'source column' -%}
        {{- return(none if value | string in policy['source']['columns'] else policy['source']['columns'] | join(', ')) -}}
    {%- elif kind == 'positive number' -%}
        {{- return(none if is_number and value > 0 else 'a number above 0') -}}
    {%- elif kind == 'number' -%}
        {{- return(none if is_number else 'a number') -}}
    {%- elif kind == 'percentage' -%}
        {{- return(none if is_number and 0 < value <= 100 else 'a number above 0, up to 100') -}}
    {%- elif kind == 'positive integer' -%}
        {{- return(none if is_number and value is integer and value > 0 else 'a whole number above 0') -}}
    {%- elif kind == 'rising numbers' -%}
        {{- return(none if tokumei._is_rising(value) else 'a list of rising numbers') -}}
    {%- elif kind == 'texts' -%}
        {{- return(none if value is sequence and value is not string and (value | reject('string') | list | length) == 0 else 'a list of texts') -}}
    {%- elif kind == 'mart columns' -%}
        {{- return(none if value is sequence and value is not string and value | length > 0 and (value | reject('string') | list | length) == 0 else 'a list of columns of the mart') -}}
    {%- elif kind in ['text', 'mart column'] -%}
        {{- return(none if value is string and value != '' else 'a text') -}}
    {%- elif kind == 'text or null' -%}
        {{- return(none if value is none or value is string else 'a text, or null') -}}
    {%- elif kind == 'categories' -%}
        {{- return(none if tokumei._are_categories(value) else 'a list of {to: a label, words: […]} and {to: a label, pattern: …}') -}}
    {%- elif kind == 'threshold' -%}
        {%- set least = policy['k'] if policy['k'] is integer else 2 -%}
        {{- return(none if is_number and value is integer and value >= least else 'a whole number of at least k (' ~ least ~ ')') -}}
    {%- elif kind in ['hierarchy', 'list'] -%}
        {%- set known = policy['lookups'] | map(attribute='name') | list -%}
        {{- return(none if value in known else
            'a relation passed to anonymize(' ~ ('hierarchies' if kind == 'hierarchy' else 'lists') ~ '=[ref(…)]): ' ~ (known | join(', ') or 'none is')) -}}
    {%- endif -%}
{%- endmacro %}

{% macro _is_rising(values) -%}
    {%- if values is string or values is not sequence or (values | length) == 0 -%}
        {{- return(false) -}}
    {%- endif -%}
    {%- for value in values -%}
        {%- if value is not number or (not loop.first and value <= values[loop.index0 - 1]) -%}
            {{- return(false) -}}
        {%- endif -%}
    {%- endfor -%}
    {{- return(true) -}}
{%- endmacro %}

{#- A day of the calendar, as YYYY-MM-DD: an engine would refuse another only after it has begun to build. -#}
{% macro _is_date(text) -%}
    {%- if not modules.re.match('^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', text) or text < '0001' -%}
        {{- return(false) -}}
    {%- endif -%}
    {%- set year = text[:4] | int -%}
    {%- set leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) -%}
    {%- set days = {'02': 29 if leap else 28, '04': 30, '06': 30, '09': 30, '11': 30}.get(text[5:7], 31) -%}
    {{- return((text[8:] | int) <= days) -}}
{%- endmacro %}
