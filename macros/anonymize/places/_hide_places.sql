{#- Runs the stages of hide_places in a build. Every stage is kept: joins on a relation that was never counted are planned for a handful
    of rows, and would be quadratic. What is hidden was declared to be, as with `where`: it is no suppression. -#}
{% macro _hide_places(policy, at, facts) -%}
    {%- do at.update({'before_places': at['source']}) -%}
    {%- for name in tokumei.place_stages(policy) -%}
        {%- do at.update({name: tokumei._store(facts, policy['mart'], name, tokumei.place_stage(name, policy, at))}) -%}
    {%- endfor -%}
    {%- do at.update({'source': at['seen']}) -%}
    {%- set before = facts['records_in'] -%}
    {%- do facts.update(tokumei._count_source(policy, at)) -%}
    {%- set hidden = before - facts['records_in'] -%}
    {%- if policy['hide_places']['suppress'] == 'cell' -%}
        {%- set hidden = tokumei.first_row('select count(*) from ' ~ at['seen'] ~ ' as seen where seen.tokumei_hidden')[0] | int -%}
    {%- endif -%}
    {%- do facts.update({'records_hidden': hidden}) -%}
{%- endmacro %}
