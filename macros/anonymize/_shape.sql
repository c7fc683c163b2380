{#- What the stages need to know of a policy: which columns form classes, which are recoded, what is joined. -#}
{% macro _shape(policy) -%}
    {%- set shape = {'quasi_identifiers': [], 'recodes': [], 'combined': [], 'maps': [], 'followed': []} -%}
    {%- for column in policy['columns'] -%}
        {%- set whole = column['steps'] | selectattr('whole_column') | list -%}
        {%- if whole -%}
            {%- do shape['recodes'].append(tokumei._pool(policy, column, whole)) -%}
        {%- endif -%}
        {%- if column['quasi_identifier'] -%}
            {%- do shape['quasi_identifiers'].append(column['name']) -%}
        {%- endif -%}
        {%- if whole or column['quasi_identifier'] -%}
            {%- do shape['combined'].append(column['name']) -%}
        {%- endif -%}
        {%- if 'lookup' in (column['steps'] | map(attribute='name') | list) -%}
            {%- do shape['maps'].append(column) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for mart in policy['follows'] -%}
        {%- set outer = loop.index -%}
        {%- for name in mart['quasi_identifiers'] -%}
            {%- do shape['followed'].append({'name': 'tokumei_followed_' ~ outer ~ '_' ~ loop.index, 'mart': outer, 'column': name}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do shape.update({'classed': shape['combined'] + (shape['followed'] | map(attribute='name') | list)}) -%}
    {{- return(shape) -}}
{%- endmacro %}

{#- The whole-column steps of one column make one pool. -#}
{% macro _pool(policy, column, steps) -%}
    {%- set pool = {'column': column['name'], 'below': 0, 'threshold': policy['k'], 'list': none, 'replace_with': none} -%}
    {%- for step in steps -%}
        {%- set asked = tokumei['step_' ~ step['name']](step['arguments'], policy) -%}
        {%- do pool.update({'replace_with': asked['replace_with'], 'threshold': [pool['threshold'], asked['below']] | max}) -%}
        {%- if asked['list'] is none -%}
            {%- do pool.update({'below': asked['below']}) -%}
        {%- else -%}
            {%- do pool.update({'list': asked['list']}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(pool) -}}
{%- endmacro %}
