{#- A proposal as a plain dict: levels and counts, never a value of the data. -#}
{% macro proposal_facts(policy, proposal) -%}
    {%- set asked = proposal['asked'] -%}
    {%- set shown = [] -%}
    {%- for node in proposal['best'] -%}
        {%- set levels = {} -%}
        {%- for ladder in proposal['ladders'] -%}
            {%- set rung = ladder['rungs'][node['rungs'][loop.index0]] -%}
            {%- do levels.update({ladder['column']: {'level': rung['number'], 'name': rung['name']}}) -%}
        {%- endfor -%}
        {%- do shown.append({
            'score': node['score'],
            'levels': levels,
            'suppressed_records': node['lost_records'],
            'suppressed_subjects': node['lost_subjects'],
            'classes': node['classes'],
            'smallest_class': node['smallest'],
        }) -%}
        {%- if proposal.get('guarded') -%}
            {%- set lost = proposal['guarded'][node['id']] -%}
            {%- do shown[-1].update({'l_and_t_suppress_records': lost['records'] - node['lost_records'], 'l_and_t_suppress_subjects': lost['subjects'] - node['lost_subjects']}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return({
        'mart': policy['mart'],
        'k': asked['k'],
        'max_suppression': asked['max_suppression'],
        'by': asked['by'],
        'with_models': asked['with_models'],
        'records': proposal['records'],
        'subjects': proposal['subjects'],
        'combinations': proposal['combinations'],
        'nodes': proposal['nodes'],
        'evaluated': proposal['evaluated'],
        'seconds': proposal['seconds'] | round(3),
        'best': shown[0] if shown else none,
        'runners_up': shown[1:],
        'columns': tokumei._columns_to_paste(proposal) if shown else [],
        'notes': tokumei._proposal_notes(policy, proposal),
    }) -}}
{%- endmacro %}

{#- The `treat` of each column, as a mart's YAML has it. A column at * is left out of the mart. -#}
{% macro _columns_to_paste(proposal) -%}
    {%- set columns = [] -%}
    {%- for ladder in proposal['ladders'] -%}
        {%- set rung = ladder['rungs'][proposal['best'][0]['rungs'][loop.index0]] -%}
        {%- if rung['treat'] is not none -%}
            {%- set steps = [] -%}
            {%- for step in ladder['base'] if ladder['kind'] != 'mesh' -%}
                {%- do steps.append({step['name']: step['arguments']} if step['arguments'] else step['name']) -%}
            {%- endfor -%}
            {%- set treat = (steps + rung['treat']) or ['keep'] -%}
            {%- set meta = {'treat': treat} if ladder['from'] == ladder['column'] else {'from': ladder['from'], 'treat': treat} -%}
            {%- do columns.append({'name': ladder['column'], 'config': {'meta': {'tokumei': meta}}}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(columns) -}}
{%- endmacro %}

{#- What a person should know before they pin the levels. -#}
{% macro _proposal_notes(policy, proposal) -%}
    {%- set notes = [] -%}
    {%- if not proposal['best'] -%}
        {%- do notes.append('No combination of the levels allowed suppresses as little as that. Allow coarser levels, a smaller k, or more suppression.') -%}
    {%- else -%}
        {%- for ladder in proposal['ladders'] -%}
            {%- if ladder['rungs'][proposal['best'][0]['rungs'][loop.index0]]['treat'] is none -%}
                {%- do notes.append(ladder['column'] ~ ': * is the best level: leave the column out of the mart.') -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if proposal['asked']['with_models'] -%}
        {%- do notes.append('These levels depend on sensitive values: who knows how they were chosen learns of them from the levels (minimality attack).') -%}
    {%- endif -%}
    {%- for ladder in proposal['ladders'] if ladder['after'] -%}
        {%- do notes.append(ladder['column'] ~ ': ' ~ ladder['after'] | join(', ') ~ ' was not part of the search: add it again where it still fits.') -%}
    {%- endfor -%}
    {%- for key in ['max_history', 'hide_places'] if policy[key] -%}
        {%- do notes.append(key ~ ' was not part of the search: all records after where were counted.') -%}
    {%- endfor -%}
    {{- return(notes) -}}
{%- endmacro %}
