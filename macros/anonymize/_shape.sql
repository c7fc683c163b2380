{#- What the stages need to know of a policy: which columns form classes, which are recoded and how, which are
    guarded by l and t, what is joined. -#}
{% macro _shape(policy) -%}
    {%- set shape = {'quasi_identifiers': [], 'recodes': [], 'combined': [], 'maps': [], 'noises': [], 'swaps': [], 'followed': []} -%}
    {%- for column in policy['columns'] -%}
        {%- set names = column['steps'] | map(attribute='name') | list -%}
        {%- set whole = column['steps'] | selectattr('whole_column') | list -%}
        {%- if whole -%}
            {%- do tokumei._add_recode(shape['recodes'], policy, column, whole) -%}
        {%- endif -%}
        {%- if column['quasi_identifier'] -%}
            {%- do shape['quasi_identifiers'].append(column['name']) -%}
        {%- endif -%}
        {%- if whole or column['quasi_identifier'] -%}
            {%- do shape['combined'].append(column['name']) -%}
        {%- endif -%}
        {%- for step, list in [['lookup', 'maps'], ['add_noise', 'noises'], ['swap', 'swaps']] if step in names -%}
            {%- do shape[list].append(column) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set local = tokumei._local_recode(policy) -%}
    {#- Groups look at what their `by` shows, so they come last. -#}
    {%- do shape.update({'recodes': local + shape['recodes'] | rejectattr('kind', 'equalto', 'group') | list + shape['recodes'] | selectattr('kind', 'equalto', 'group') | list}) -%}
    {%- for recode in shape['recodes'] -%}
        {%- for key in recode['keys'] if key not in shape['combined'] -%}{%- do shape['combined'].append(key) -%}{%- endfor -%}
    {%- endfor -%}
    {%- do shape.update({'guarded': tokumei._guarded(policy)}) -%}
    {%- for column in shape['guarded'] if column['name'] not in shape['combined'] -%}
        {%- do shape['combined'].append(column['name']) -%}
    {%- endfor -%}
    {%- for mart in policy['follows'] -%}
        {%- set outer = loop.index -%}
        {%- for name in mart['quasi_identifiers'] -%}
            {%- do shape['followed'].append({'name': 'tokumei_followed_' ~ outer ~ '_' ~ loop.index, 'mart': outer, 'column': name}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for recode in local -%}{%- do recode['keys'].extend(shape['followed'] | map(attribute='name')) -%}{%- endfor -%}
    {%- do shape.update({'classed': shape['combined'] + (shape['followed'] | map(attribute='name') | list)}) -%}
    {{- return(shape) -}}
{%- endmacro %}
