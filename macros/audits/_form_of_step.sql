{#- A mean lies on the grid that was told, or that it was rounded to before; an ordinal is one of its texts. -#}
{% macro _form_of_group(column, step, shown) -%}
    {%- if step['arguments'].get('order') -%}
        {%- set texts = [] -%}
        {%- for text in step['arguments']['order'] -%}{%- do texts.append(tokumei.sql_literal(text)) -%}{%- endfor -%}
        {{- return([tokumei.sql_text('shown.value') ~ ' not in (' ~ texts | join(', ') ~ ')']) -}}
    {%- elif step['arguments'].get('representative', 'mean') == 'mean' and shown.type in ['integer', 'number'] -%}
        {%- set unit = tokumei._group_unit(column, step, shown.type) -%}
        {{- return([tokumei._as_number(shown) ~ ' <> ' ~ tokumei._on_grid(shown, unit, nearest=true).sql]) -}}
    {%- endif -%}
    {{- return([]) -}}
{%- endmacro %}

{#- Neither a value of the hierarchy nor one of its labels. -#}
{% macro _outside_tree(policy, arguments, scene) -%}
    {%- set value = tokumei.join_text('leaf.' ~ tokumei.sql_identifier('value')) ~ ' = ' ~ tokumei.join_text('shown.value') -%}
    {{- return(
        'shown.value is not null and not exists (select 1 from ' ~ scene['lookups'][arguments['hierarchy']] ~ ' as leaf where ' ~ value
        ~ ') and ' ~ tokumei._no_label_of_tree(policy, arguments, scene)
    ) -}}
{%- endmacro %}

{% macro _no_label_of_tree(policy, arguments, scene) -%}
    {%- set absent = [] -%}
    {%- for level in tokumei._levels(policy, arguments) -%}
        {%- do absent.append(
            'not exists (select 1 from ' ~ scene['lookups'][arguments['hierarchy']] ~ ' as leaf where '
            ~ tokumei.sql_text('leaf.' ~ tokumei.sql_identifier(level)) ~ ' = ' ~ tokumei.sql_text('shown.value') ~ ')'
        ) -%}
    {%- endfor -%}
    {{- return(absent | join(' and ')) -}}
{%- endmacro %}

{% macro _form_of(step, shown, scene) -%}
    {%- set arguments = step['arguments'] -%}
    {%- if step['name'] in ['top_code', 'bottom_code'] -%}
        {%- set beyond = ' > ' if step['name'] == 'top_code' else ' < ' -%}
        {%- set reached = beyond.rstrip() ~ ('= ' if arguments.get('label') is not none else ' ') -%}
        {%- if arguments['at'] is number -%}
            {{- return(tokumei._as_number(shown) ~ reached ~ arguments['at']) -}}
        {%- endif -%}
        {{- return(tokumei._as_date(shown) ~ reached ~ "date '" ~ arguments['at'] ~ "'") -}}
    {%- elif step['name'] == 'truncate' and arguments['unit'] not in ['year', 'hour', 'day'] -%}
        {{- return(tokumei._as_date(shown) ~ ' <> ' ~ tokumei.sql_date_floor(arguments['unit'], tokumei._as_date(shown))) -}}
    {%- elif step['name'] == 'truncate' and arguments['unit'] == 'hour' -%}
        {{- return(tokumei._as_timestamp(shown) ~ ' <> ' ~ tokumei.sql_date_floor('hour', tokumei._as_timestamp(shown))) -}}
    {%- elif step['name'] == 'add_noise' -%}
        {%- set number = tokumei._as_number(shown) -%}
        {%- set wrong = [number ~ ' <> ' ~ tokumei._on_grid(shown, arguments['unit'], nearest=true).sql] -%}
        {%- for bound, beyond in [['at_least', ' < '], ['at_most', ' > ']] if arguments.get(bound) is not none -%}
            {%- do wrong.append(number ~ beyond ~ arguments[bound]) -%}
        {%- endfor -%}
        {{- return(wrong | join(' or ')) -}}
    {%- elif step['name'] == 'round' or step['name'] == 'band' and arguments.get('width') and arguments.get('label') is none -%}
        {{- return(tokumei._as_number(shown) ~ ' <> ' ~ tokumei._on_grid(shown, arguments.get('unit') or arguments['width'], nearest=true).sql) -}}
    {%- elif step['name'] == 'band' and arguments.get('edges') -%}
        {%- set names = [] -%}
        {%- for name in arguments.get('labels') or tokumei._interval_labels(arguments['edges']) -%}{%- do names.append(tokumei.sql_literal(name)) -%}{%- endfor -%}
        {{- return(tokumei.sql_text('shown.value') ~ ' not in (' ~ names | join(', ') ~ ')') -}}
    {%- elif step['name'] == 'categorize' -%}
        {%- set names = [] -%}
        {%- for name in tokumei._category_labels(arguments) -%}{%- do names.append(tokumei.sql_literal(name)) -%}{%- endfor -%}
        {{- return(tokumei.sql_text('shown.value') ~ ' not in (' ~ names | join(', ') ~ ')') -}}
    {%- elif step['name'] == 'mesh' -%}
        {{- return('not ' ~ tokumei.sql_matches(tokumei.sql_text('shown.value'), tokumei._mesh_pattern(arguments['level']))) -}}
    {%- elif step['name'] == 'prefix' -%}
        {{- return('length(' ~ tokumei.sql_text('shown.value') ~ ') > ' ~ arguments['characters']) -}}
    {%- elif step['name'] == 'lookup' -%}
        {{- return(
            'shown.value is not null and not exists (select 1 from ' ~ scene['lookups'][arguments['hierarchy']] ~ ' as leaf where '
            ~ tokumei.sql_text('leaf.' ~ tokumei.sql_identifier(arguments['to'])) ~ ' = ' ~ tokumei.sql_text('shown.value') ~ ')'
        ) -}}
    {%- endif -%}
    {{- return(none) -}}
{%- endmacro %}
