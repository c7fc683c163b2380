{#- 法43条3項・規則36条 (creation), 法43条4項・規則37条 (provision), 法44条・規則38条 (provision of what was received). -#}
{% macro _check_publications(rows) -%}
    {%- set wrong = [] -%}
    {%- set made = tokumei.datasets_of_graph() -%}
    {%- set received = tokumei._received_datasets() -%}
    {%- set today = tokumei.today() -%}
    {%- for row in rows -%}
        {%- set number = row['row'] -%}
        {%- set is_received = row['dataset'] in received and row['dataset'] not in made -%}
        {%- if row['dataset'] is not none and row['dataset'] not in made + received -%}
            {%- do wrong.append([number, 'dataset', 'neither made here nor received', 'a dataset of a mart, or of the register received']) -%}
        {%- endif -%}
        {%- if is_received -%}
            {%- if row['fingerprint'] is not none -%}
                {%- do wrong.append([number, 'fingerprint', 'nothing was processed here', 'empty, for a dataset that was received']) -%}
            {%- endif -%}
        {%- elif not modules.re.fullmatch('[0-9a-f]{32}', row['fingerprint'] or '') -%}
            {%- do wrong.append([number, 'fingerprint', 'not the fingerprint of a release', '32 hexadecimal digits, lower case']) -%}
        {%- endif -%}
        {%- if row['kind'] is not none and row['kind'] not in ['creation', 'provision'] -%}
            {%- do wrong.append([number, 'kind', 'unknown kind', 'creation, provision']) -%}
        {%- elif row['kind'] == 'creation' and is_received -%}
            {%- do wrong.append([number, 'kind', 'whoever received it did not create it', 'provision, for a dataset that was received']) -%}
        {%- elif row['kind'] == 'provision' and row['means'] is none -%}
            {%- do wrong.append([number, 'means', 'is missing: the means of provision are published too (規則37条, 38条)', none]) -%}
        {%- endif -%}
        {%- if row['items'] is not none and not tokumei.register_items(row['items']) -%}
            {%- do wrong.append([number, 'items', 'names no item', 'items, separated by semicolons']) -%}
        {%- endif -%}
        {%- if row['published_on'] is not none and row['published_on'] > today -%}
            {%- do wrong.append([number, 'published_on', 'lies in the future', 'the day on which it was published']) -%}
        {%- endif -%}
        {%- if row['notice_days'] is not none and row['notice_days'] < 0 -%}
            {%- do wrong.append([number, 'notice_days', 'is negative', 'a whole number, 0 or more']) -%}
        {%- endif -%}
        {%- set ends = [row['period_from'], row['period_to']] | select('string') | list -%}
        {%- if row['continuing'] and ends -%}
            {%- do wrong.append([number, 'continuing', 'both continuing and a period', 'one of them, or neither']) -%}
        {%- elif ends | length == 1 -%}
            {%- do wrong.append([number, 'period_from' if row['period_from'] is none else 'period_to', 'a period has two ends', 'both days, or neither']) -%}
        {%- elif ends and ends[0] > ends[1] -%}
            {%- do wrong.append([number, 'period_to', 'lies before period_from', none]) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(wrong) -}}
{%- endmacro %}
