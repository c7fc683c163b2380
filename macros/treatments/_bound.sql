{#- The bound itself belongs to the class: `top_code: 90` turns 90 and more into 90, or into its label. Null stays null. -#}
{% macro _bound(value, arguments, comparison) -%}
    {%- set at = arguments['at'] -%}
    {%- if at is number -%}
        {%- set compared = tokumei._as_number(value) -%}
        {%- set bound = at | string -%}
        {%- set shown = value.sql if value.number is not none else tokumei._number_text(value, compared) -%}
        {%- set type = value.type if value.type == 'integer' and at is integer else 'number' -%}
    {%- else -%}
        {%- set compared = tokumei._as_date(value) -%}
        {%- set bound = "date '" ~ at ~ "'" -%}
        {%- set shown = tokumei.sql_text(compared) -%}
        {%- set type = 'date' -%}
    {%- endif -%}
    {%- if arguments.get('label') is none -%}
        {%- if value.number is not none -%}
            {{- return(tokumei._value('case when ' ~ compared ~ ' ' ~ comparison ~ ' ' ~ bound ~ ' then ' ~ tokumei.sql_literal(bound) ~ ' else ' ~ value.sql ~ ' end', 'text', value.number)) -}}
        {%- endif -%}
        {{- return(tokumei._value('case when ' ~ compared ~ ' ' ~ comparison ~ ' ' ~ bound ~ ' then ' ~ bound ~ ' else ' ~ compared ~ ' end', type)) -}}
    {%- endif -%}
    {{- return(tokumei._value(
        'case when ' ~ compared ~ ' ' ~ comparison ~ ' ' ~ bound ~ ' then ' ~ tokumei.sql_literal(arguments['label']) ~ ' else ' ~ shown ~ ' end',
        'text',
        compared if at is number else none
    )) -}}
{%- endmacro %}
