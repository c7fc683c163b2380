{#- The stages of hide_places in a build. Each is kept: joins on what was never counted are planned for a handful of rows,
    and would be quadratic. What is hidden was declared to be, as with `where`: it is no suppression. -#}
{% macro _store_places(policy, at, facts) -%}
    {%- set before = facts['records_in'] -%}
    {%- set records = tokumei._inline(tokumei.source_query(tokumei._record_stages(policy, at))) -%}
    {%- for name in tokumei.place_stages(policy) -%}
        {%- set query = tokumei.place_stage(name, policy, at, records) -%}
        {%- do at.update({name: tokumei._store(facts, policy['mart'], name, query)}) -%}
    {%- endfor -%}
    {%- if tokumei.first_row('select count(*) from ' ~ at['offsets'] ~ ' as offsets where offsets.tokumei_up is null')[0] > 0 -%}
        {#- Without a key there is no hole, and everything would be seen. -#}
        {%- do exceptions.raise_compiler_error('tokumei: ' ~ policy['mart'] ~ ': hide_places: no key is held for dataset ' ~ policy['dataset'] ~ ' by this run; see docs/releases.md') -%}
    {%- endif -%}
    {%- do at.update({'source': at['seen']}) -%}
    {%- do facts.update(tokumei._count_source(policy, at)) -%}
    {%- if policy['hide_places']['suppress'] == 'cell' -%}
        {%- set hidden = tokumei.first_row('select count(*) from ' ~ at['seen'] ~ ' as seen where seen.tokumei_hidden')[0] | int -%}
    {%- else -%}
        {%- set hidden = before - facts['records_in'] -%}
    {%- endif -%}
    {%- do facts.update({'records_hidden': hidden}) -%}
{%- endmacro %}
