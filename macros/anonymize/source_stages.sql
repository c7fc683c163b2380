{#- The records a mart is made of, as [name, query] in order; the last of them is what the treatments read. A build keeps
    the stages of hide_places one by one, and goes on from their last, `seen`. -#}
{% macro source_stages(policy, at) -%}
    {%- set stages = [] -%}
    {%- if not at.get('seen') -%}
        {%- do stages.extend(tokumei._record_stages(policy, at)) -%}
        {%- if policy.get('hide_places') -%}
            {%- do stages.extend(tokumei._place_queries(policy)) -%}
        {%- endif -%}
    {%- endif -%}
    {%- if policy['max_history'] -%}
        {%- do stages.append(['counted', tokumei.stage_counted(policy, stages[-1][0] if stages else at['seen'])]) -%}
        {%- do stages.append(['limited', tokumei.stage_limited(policy, stages[-1][0])]) -%}
    {%- endif -%}
    {{- return(stages) -}}
{%- endmacro %}

{% macro _record_stages(policy, at) -%}
    {%- set stages = [] -%}
    {%- if at['numbering'] == 'window' -%}
        {%- do stages.append(['numbered', tokumei.stage_numbered(policy, at)]) -%}
    {%- endif -%}
    {%- do stages.append(['source', tokumei.stage_source(policy, at)]) -%}
    {{- return(stages) -}}
{%- endmacro %}

{#- The stages as one statement. -#}
{% macro source_query(stages) -%}
    {%- set named = [] -%}
    {%- for stage in stages -%}
        {%- do named.append(stage[0] ~ ' as (\n' ~ stage[1] | indent(4, first=true) ~ '\n)') -%}
    {%- endfor -%}
    {{- return('with ' ~ named | join(',\n\n') ~ '\n\nselect * from ' ~ stages[-1][0]) -}}
{%- endmacro %}

{#- Whether what is drawn by chance must tell a subject's records apart. -#}
{% macro _numbers_records(policy) -%}
    {%- if policy['max_history'] -%}
        {{- return(true) -}}
    {%- endif -%}
    {%- for column in policy['columns'] -%}
        {%- for step in column['steps'] if step['name'] == 'swap' or step['arguments'].get('per') == 'record' -%}
            {{- return(true) -}}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(false) -}}
{%- endmacro %}
