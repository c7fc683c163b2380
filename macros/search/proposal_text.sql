{#- The proposal as a page of text. -#}
{% macro proposal_text(facts) -%}
    {%- set lines = [
        facts['mart'] ~ ': k = ' ~ facts['k'] ~ ', at most ' ~ tokumei._percent(facts['max_suppression']) ~ ' suppressed, by ' ~ facts['by'] ~ ' (the lowest score is the best)',
        '{:,} of {:,} nodes evaluated in {} seconds; {:,} combinations of {:,} records of {:,} subjects'.format(
            facts['evaluated'], facts['nodes'], facts['seconds'], facts['combinations'], facts['records'], facts['subjects']
        ),
    ] -%}
    {%- for node in ([facts['best']] if facts['best'] else []) + facts['runners_up'] -%}
        {%- set levels = [] -%}
        {%- for column, level in node['levels'].items() -%}
            {%- do levels.append(column ~ ' ' ~ level['level'] ~ ' (' ~ level['name'] ~ ')') -%}
        {%- endfor -%}
        {%- do lines.extend(['', ('best' if loop.first else 'runner-up ' ~ loop.index0) ~ ': score ' ~ node['score'], '  suppressed: {:,} records ({}), {:,} subjects ({}); kept: {:,} classes'.format(
            node['suppressed_records'], tokumei._percent(node['suppressed_records'] / facts['records']),
            node['suppressed_subjects'], tokumei._percent(node['suppressed_subjects'] / facts['subjects']), node['classes']
        ), '  ' ~ levels | join(', ')]) -%}
        {%- if 'l_and_t_suppress_records' in node -%}
            {%- do lines.append('  l and t would suppress {:,} records and {:,} subjects more'.format(node['l_and_t_suppress_records'], node['l_and_t_suppress_subjects'])) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if facts['columns'] -%}
        {%- do lines.extend(['', '# To pin the best, in the columns of the mart (item and the rest stay as they are):']) -%}
        {%- for column in facts['columns'] -%}
            {%- set meta = column['config']['meta']['tokumei'] -%}
            {%- do lines.append('- name: ' ~ tojson(column['name'])) -%}
            {%- do lines.append('  config: {meta: {tokumei: ' ~ tojson(meta) ~ '}}') -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if facts['notes'] -%}
        {%- do lines.append('') -%}
        {%- for note in facts['notes'] -%}{%- do lines.append('# ' ~ note) -%}{%- endfor -%}
    {%- endif -%}
    {{- return(lines | join('\n')) -}}
{%- endmacro %}

{% macro _percent(share) -%}
    {{- return('{:.4g} %'.format(share * 100)) -}}
{%- endmacro %}
