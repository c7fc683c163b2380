{#- The bound itself belongs to the class: `top_code: 90` turns 90 and more into 90, or into its label. Null stays null.
    A step after a label goes on from the bound behind it, so that nothing above comes back. -#}
{% macro _bound(value, arguments, comparison) -%}
    {%- set at = arguments['at'] -%}
    {%- set numeric = at is number -%}
    {%- set compared = tokumei._as_number(value) if numeric else tokumei._as_date(value) -%}
    {%- set bound = at | string if numeric else "date '" ~ at ~ "'" -%}
    {%- set reached = 'case when ' ~ compared ~ ' ' ~ comparison ~ ' ' ~ bound ~ ' then ' -%}
    {%- set coded = reached ~ bound ~ ' else ' ~ compared ~ ' end' -%}
    {%- set labelled = (value.number if numeric else value.get('date')) is not none -%}
    {%- if arguments.get('label') is none and not labelled -%}
        {%- set type = 'date' if not numeric else ('integer' if value.type == 'integer' and at is integer else 'number') -%}
        {{- return(tokumei._value(coded, type)) -}}
    {%- endif -%}
    {%- set shown = value.sql if labelled else (tokumei._number_text(value, compared) if numeric else tokumei.sql_text(compared)) -%}
    {%- set label = tokumei.sql_literal(arguments['label'] if arguments.get('label') is not none else at | string) -%}
    {{- return(tokumei._value(
        reached ~ label ~ ' else ' ~ shown ~ ' end',
        'text',
        number=coded if numeric else none,
        date=none if numeric else coded
    )) -}}
{%- endmacro %}
