{#- The stages of hide_places in their order: from the records to those without what lies near a person's own places. -#}
{% macro place_stages(policy) -%}
    {%- set places = policy['hide_places'] -%}
    {%- set judged = places['night'] is not none or places['workdays'] is not none -%}
    {%- set ended = places['trip'] is not none -%}
    {{- return(
        ['points'] + (['stays'] if judged else []) + (['ends'] if ended else []) + ['offsets']
        + (['places', 'near_places'] if judged else []) + (['near_ends'] if ended else []) + ['seen']
    ) -}}
{%- endmacro %}

{#- The query of one of them; the first reads the records, the others read by name in `at` those before them. -#}
{% macro place_stage(name, policy, at, records) -%}
    {%- if name == 'points' -%}
        {{- return(tokumei.stage_points(policy, records)) -}}
    {%- elif name == 'stays' -%}
        {{- return(tokumei.stage_stays(policy, at)) -}}
    {%- elif name == 'ends' -%}
        {{- return(tokumei.stage_ends(policy, at)) -}}
    {%- elif name == 'offsets' -%}
        {{- return(tokumei.stage_offsets(policy, at)) -}}
    {%- elif name == 'places' -%}
        {{- return(tokumei.stage_places(policy, at)) -}}
    {%- elif name == 'near_places' -%}
        {{- return(tokumei.stage_near_places(policy, at)) -}}
    {%- elif name == 'near_ends' -%}
        {{- return(tokumei.stage_near_ends(policy, at)) -}}
    {%- endif -%}
    {{- return(tokumei.stage_seen(policy, at)) -}}
{%- endmacro %}

{#- All of them as [name, query], each reading the others by their own names: to be read, not to be run. -#}
{% macro _place_queries(policy) -%}
    {%- set at = {} -%}
    {%- set stages = [] -%}
    {%- for name in tokumei.place_stages(policy) -%}
        {%- do stages.append([name, tokumei.place_stage(name, policy, at, 'source')]) -%}
        {%- do at.update({name: name}) -%}
    {%- endfor -%}
    {{- return(stages) -}}
{%- endmacro %}
