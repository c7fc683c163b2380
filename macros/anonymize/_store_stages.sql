{% macro _inline(query) -%}
    {{- return('(\n' ~ query | indent(4, first=true) ~ '\n)') -}}
{%- endmacro %}

{#- Keeps a stage as an internal relation, to be dropped before the transaction ends: nobody else ever sees it, whatever
    default privileges give away. -#}
{% macro _store(facts, mart, name, query) -%}
    {%- set stage = tokumei.sql_stage(mart, name) -%}
    {%- do tokumei.run_statement(tokumei.sql_create_stage(stage, query)) -%}
    {%- do facts['stages'].append(stage) -%}
    {{- return(stage) -}}
{%- endmacro %}

{#- Where records are numbered, limited or given a draw, that is done once and kept. -#}
{% macro _store_source(policy, at, facts) -%}
    {%- set unique = facts['records_in'] == facts['subjects_in'] -%}
    {%- do at.update({'numbering': 'none' if not tokumei._numbers_records(policy) else 'one' if unique else 'window'}) -%}
    {%- if policy['hide_places'] -%}
        {%- do tokumei._store_places(policy, at, facts) -%}
    {%- endif -%}
    {%- set stages = tokumei.source_stages(policy, at) -%}
    {%- if stages | length > 1 or stages and tokumei._noise_draws(policy, at) -%}
        {%- do at.update({'source': tokumei._store(facts, policy['mart'], 'source', tokumei.source_query(stages))}) -%}
        {%- do facts.update(tokumei._count_source(policy, at)) -%}
    {%- elif stages and at['numbering'] != 'none' -%}
        {%- do at.update({'source': tokumei._inline(stages[0][1])}) -%}
    {%- endif -%}
{%- endmacro %}

{#- Where values are drawn or exchanged, each record is treated once. -#}
{% macro _store_treated(policy, at, shape, facts) -%}
    {%- for column in shape['noises'] -%}
        {%- set arguments = tokumei._step_arguments(column, 'add_noise') -%}
        {%- do tokumei._require_draw(policy, column, arguments, facts['unique']) -%}
        {%- do at['noises'].update({column['name']: tokumei._store(facts, policy['mart'], 'noise_' ~ loop.index, tokumei.stage_noise(arguments))}) -%}
    {%- endfor -%}
    {%- if shape['noises'] or shape['swaps'] -%}
        {%- do at.update({'treated': tokumei._store(facts, policy['mart'], 'treated', tokumei.stage_treated(policy, at, shape))}) -%}
        {%- for column in shape['swaps'] -%}
            {%- do at['swaps'].update({column['name']: tokumei._store(facts, policy['mart'], 'swap_' ~ loop.index, tokumei.stage_swap(policy, at, column))}) -%}
        {%- endfor -%}
        {%- if shape['swaps'] -%}
            {%- do at.update({'unswapped': at['treated'], 'treated': tokumei._store(facts, policy['mart'], 'swapped', tokumei.stage_swapped(policy, at, shape))}) -%}
        {%- endif -%}
        {%- do at.update({'stored': at['treated']}) -%}
    {%- endif -%}
{%- endmacro %}
