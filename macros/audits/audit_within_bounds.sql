{#- Every value has the form its steps declare: on the grid, within the bounds, of the level, of the length. -#}
{% macro audit_within_bounds(policy, scene) -%}
{%- set findings = [] -%}
{%- for column in policy['columns'] if not column['pseudonym'] -%}
    {%- for condition in tokumei._out_of_form(policy, scene, column) -%}
        {%- do findings.append(
            tokumei._finding(column['name'], 'count(*)') ~ ' from (select distinct mart.' ~ tokumei.sql_identifier(column['name'])
            ~ ' as value from ' ~ scene['release'] ~ ' as mart) as shown where ' ~ condition
        ) -%}
    {%- endfor -%}
{%- endfor -%}
{{ findings | join('\nunion all\n') if findings else tokumei._nothing_to_find() }}
{%- endmacro %}

{#- What a value of the column must not be, for the last scalar step and for every bound; labels and replacements aside. -#}
{% macro _out_of_form(policy, scene, column) -%}
    {%- set scalar = column['steps'] | rejectattr('whole_column') | list -%}
    {%- set shown = tokumei._value('shown.value', scene['types'].get(column['name'])) -%}
    {%- set labels = [] -%}
    {%- for step in column['steps'] -%}
        {%- for label in [step['arguments'].get('label'), step['arguments'].get('replace_with')] if label is string -%}
            {%- do labels.append(tokumei.sql_literal(label)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set exempt = '' if not labels else ' and ' ~ tokumei.sql_text('shown.value') ~ ' not in (' ~ labels | join(', ') ~ ')' -%}
    {%- set conditions = [] -%}
    {%- for step in scalar -%}
        {%- set violated = tokumei._form_of(step, shown, scene) if loop.last or step['name'] in ['top_code', 'bottom_code'] else none -%}
        {%- if violated is not none -%}
            {%- do conditions.append('(' ~ violated ~ ')' ~ exempt) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(conditions) -}}
{%- endmacro %}

{% macro _form_of(step, shown, scene) -%}
    {%- set arguments = step['arguments'] -%}
    {%- if step['name'] in ['top_code', 'bottom_code'] -%}
        {%- set beyond = ' > ' if step['name'] == 'top_code' else ' < ' -%}
        {%- if arguments['at'] is number -%}
            {%- set reached = beyond.rstrip() ~ ('= ' if arguments.get('label') is not none else ' ') -%}
            {{- return(tokumei._as_number(shown) ~ reached ~ arguments['at']) -}}
        {%- endif -%}
        {{- return(tokumei._as_date(shown) ~ beyond ~ "date '" ~ arguments['at'] ~ "'") -}}
    {%- elif step['name'] == 'truncate' and arguments['unit'] not in ['year', 'hour', 'day'] -%}
        {{- return(tokumei._as_date(shown) ~ ' <> ' ~ tokumei.sql_date_floor(arguments['unit'], tokumei._as_date(shown))) -}}
    {%- elif step['name'] == 'truncate' and arguments['unit'] == 'hour' -%}
        {{- return(tokumei._as_timestamp(shown) ~ ' <> ' ~ tokumei.sql_date_floor('hour', tokumei._as_timestamp(shown))) -}}
    {%- elif step['name'] == 'round' or step['name'] == 'band' and arguments.get('width') and arguments.get('label') is none -%}
        {{- return(tokumei._as_number(shown) ~ ' <> ' ~ tokumei._on_grid(shown, arguments.get('unit') or arguments['width'], nearest=true).sql) -}}
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
