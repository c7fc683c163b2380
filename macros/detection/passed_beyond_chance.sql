{#- Of values of the same form a share passes by chance (of check digits one in ten): how many passed that are none of
    these. Passing chance values are among those that have the form and are no identifiers. -#}
{% macro passed_beyond_chance(counts, kind) -%}
    {%- set chance = tokumei.identifier_kinds()[kind]['chance'] -%}
    {%- set passed = counts ~ '.' ~ kind -%}
    {%- if chance == 0 -%}
        {{- return(passed) -}}
    {%- endif -%}
    {{- return('(' ~ passed ~ ' - ' ~ chance ~ ' * ' ~ passed ~ '_form) / ' ~ (1 - chance) | round(4)) -}}
{%- endmacro %}

{#- More than two, and more than chance gives (three standard deviations): a single value never decides. -#}
{% macro passed_significantly(counts, kind) -%}
    {%- set chance = tokumei.identifier_kinds()[kind]['chance'] -%}
    {%- set passed = counts ~ '.' ~ kind -%}
    {%- if chance == 0 -%}
        {{- return(passed ~ ' > 2') -}}
    {%- endif -%}
    {%- set expected = chance ~ ' * ' ~ passed ~ '_form' -%}
    {{- return(passed ~ ' > 2 + ' ~ expected ~ ' + 3 * sqrt(' ~ expected ~ ')') -}}
{%- endmacro %}
