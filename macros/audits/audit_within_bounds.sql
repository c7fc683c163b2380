{#- Every value has the form its steps declare: on the grid, within the bounds, of the level, of the length. -#}
{% macro audit_within_bounds(policy, scene) -%}
{%- set findings = [] -%}
{%- for column in policy['columns'] if not column['pseudonym'] -%}
    {%- set shown = '(select distinct mart.' ~ tokumei.sql_identifier(column['name']) ~ ' as value from ' ~ scene['release'] ~ ' as mart) as shown' -%}
    {%- set recoded = tokumei.recoded_form(policy, scene, column) if column['recoded'] else none -%}
    {%- for condition in (recoded['conditions'] if recoded else []) -%}
        {%- do findings.append(tokumei._finding(column['name'], 'count(*)') ~ ' from ' ~ shown ~ ' where ' ~ condition) -%}
    {%- endfor -%}
    {%- for condition in tokumei._out_of_form(policy, scene, column) if not recoded or recoded['ends'] -%}
        {%- do findings.append(tokumei._finding(column['name'], 'count(*)') ~ ' from ' ~ (recoded['ends'] if recoded else shown) ~ ' where ' ~ condition) -%}
    {%- endfor -%}
{%- endfor -%}
{{ findings | join('\nunion all\n') if findings else tokumei._nothing_to_find() }}
{%- endmacro %}

{#- What a value of the column must not be, for every step that only top and bottom coding follow; labels, replacements
    and, on a grid, the bounds themselves aside. -#}
{% macro _out_of_form(policy, scene, column) -%}
    {#- The mean of values of some form has a form of its own. -#}
    {%- set averaged = column['steps'] | selectattr('name', 'equalto', 'microaggregate') | selectattr('arguments.representative', 'in', [undefined, none, 'mean']) | list -%}
    {%- set scalar = [] if averaged else column['steps'] | rejectattr('whole_column') | list -%}
    {%- set shown = tokumei._value('shown.value', scene['types'].get(column['name'])) -%}
    {%- set labels = [] -%}
    {%- for step in column['steps'] -%}
        {%- for label in [step['arguments'].get('label'), step['arguments'].get('replace_with')] if label is string -%}
            {%- do labels.append(tokumei.sql_literal(label)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set exempt = '' if not labels else ' and ' ~ tokumei.sql_text('shown.value') ~ ' not in (' ~ labels | join(', ') ~ ')' -%}
    {%- set conditions = [] -%}
    {#- A label of the tree has not the form of what climbed to it. -#}
    {%- set climbed = [] -%}
    {%- for step in column['steps'] if step['name'] == 'generalize_rare' -%}
        {%- do conditions.append('(' ~ tokumei._outside_tree(policy, step['arguments'], scene) ~ ')' ~ exempt) -%}
        {%- do climbed.append(' and ' ~ tokumei._no_label_of_tree(policy, step['arguments'], scene)) -%}
    {%- endfor -%}
    {%- for step in column['steps'] if step['name'] == 'microaggregate' -%}
        {%- do conditions.extend(tokumei._form_of_group(column, step, shown)) -%}
    {%- endfor -%}
    {%- for step in scalar -%}
        {%- set later = scalar[loop.index:] -%}
        {%- if later | rejectattr('name', 'in', ['top_code', 'bottom_code', 'keep', 'swap']) | list | length == 0 -%}
            {%- set violated = tokumei._form_of(step, shown, scene) -%}
            {%- set bounds = [] -%}
            {%- for bound in later if bound['name'] not in ['keep', 'swap'] and step['name'] not in ['top_code', 'bottom_code'] -%}
                {%- set at = bound['arguments']['at'] -%}
                {%- do bounds.append(' and ' ~ (tokumei._as_number(shown) ~ ' <> ' ~ at if at is number else tokumei._as_date(shown) ~ " <> date '" ~ at ~ "'")) -%}
            {%- endfor -%}
            {%- if violated is not none -%}
                {%- do conditions.append('(' ~ violated ~ ')' ~ exempt ~ climbed | join('') ~ bounds | join('')) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(conditions) -}}
{%- endmacro %}

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
