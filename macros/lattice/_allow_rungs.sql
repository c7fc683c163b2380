{#- The rungs of a ladder that may be chosen, between its lowest and its highest, each told by number or name. -#}
{% macro _allow_rungs(errors, mart, ladder) -%}
    {%- set names = ladder['rungs'] | map(attribute='name') | list -%}
    {%- set bounds = {} -%}
    {%- for end, default in [['lowest', 0], ['highest', names | length - 1]] -%}
        {%- set given = ladder[end] if ladder[end] is not none else default -%}
        {%- set number = names.index(given) if given is string and given in names else given -%}
        {%- if number is boolean or number is not integer or number < 0 or number >= names | length -%}
            {%- do tokumei._policy_error(errors, mart, ladder['column'], 'ladder: ' ~ end, given, 'a number from 0 to ' ~ (names | length - 1) ~ ', or one of ' ~ names | join(', '), 'search.md') -%}
        {%- endif -%}
        {%- do bounds.update({end: number if number is integer else default}) -%}
    {%- endfor -%}
    {%- if bounds['lowest'] > bounds['highest'] -%}
        {%- do tokumei._policy_error(errors, mart, ladder['column'], 'ladder: lowest is above highest', bounds['lowest'] ~ ' and ' ~ bounds['highest'], none, 'search.md') -%}
    {%- endif -%}
    {%- do ladder.update({'allowed': range(bounds['lowest'], bounds['highest'] + 1) | list}) -%}
{%- endmacro %}
