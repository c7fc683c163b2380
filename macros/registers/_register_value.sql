{#- A cell as what its kind says, none where it is empty or cannot be read. No right comes from an empty cell: an empty
    true-or-false is false. -#}
{% macro _register_value(kind, text) -%}
    {%- if kind == 'bool' -%}
        {{- return({'true': true, 't': true, '1': true, 'false': false, 'f': false, '0': false, '': false}.get(text | lower, none)) -}}
    {%- elif not text -%}
        {{- return(none) -}}
    {%- elif kind == 'date' -%}
        {{- return(tokumei._register_date(text)) -}}
    {%- elif kind == 'whole' -%}
        {#- A seed may have taken the column for floats. -#}
        {%- set whole = modules.re.fullmatch('(-?[0-9]{1,9})([.]0*)?', text) -%}
        {{- return(whole.group(1) | int if whole else none) -}}
    {%- endif -%}
    {{- return(text) -}}
{%- endmacro %}

{#- YYYY-MM-DD, from a date, from text, or from a midnight without a zone. -#}
{% macro _register_date(text) -%}
    {%- set parts = modules.re.fullmatch('([0-9]{4})-([0-9]{2})-([0-9]{2})([ T]00:00:00([.]0+)?)?', text) -%}
    {%- if parts -%}
        {%- set year, month, day = parts.group(1) | int, parts.group(2) | int, parts.group(3) | int -%}
        {%- set leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) -%}
        {%- set lengths = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] -%}
        {%- if year > 0 and 1 <= month <= 12 and 1 <= day <= lengths[month - 1] -%}
            {{- return(text[:10]) -}}
        {%- endif -%}
    {%- endif -%}
    {{- return(none) -}}
{%- endmacro %}
