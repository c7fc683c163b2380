{#- What local recoding may show: a value or a label of the declared ladder, `*`, a range, a mean on its grid. `conditions`
    hold for no value; `ends` are the values, or both ends of the ranges, that have the form of the column's own steps. -#}
{% macro recoded_form(policy, scene, column) -%}
    {%- set recode = tokumei._local_recode(policy) | first -%}
    {%- set axis = tokumei.recode_axes(recode, policy) | selectattr('column', 'equalto', column['name']) | first -%}
    {%- set text = tokumei.sql_text('shown.value') -%}
    {%- set mart = scene['release'] ~ ' as mart' -%}
    {%- set name = tokumei.sql_text('mart.' ~ tokumei.sql_identifier(column['name'])) -%}
    {%- if axis['mean'] -%}
        {%- set shown = tokumei._value('shown.value', scene['types'].get(column['name'])) -%}
        {{- return({'conditions': tokumei._form_of_group(column, {'arguments': {}}, shown), 'ends': none}) -}}
    {%- elif axis['ladder'] and axis['ladder']['kind'] == 'hierarchy' -%}
        {{- return({'conditions': ['shown.value is not null and ' ~ text ~ " <> '*' and " ~ tokumei._outside_ladder(axis['ladder'], scene)], 'ends': none}) -}}
    {%- elif axis['member'] -%}
        {%- set one = tokumei._plain_pattern(axis['type']) -%}
        {%- set between = '/' if axis['type'] in ['date', 'timestamp'] else '-' -%}
        {%- set ends = [] -%}
        {%- for end in ['\\1', '\\2' if between == '/' else '\\3'] -%}
            {%- do ends.append('select distinct ' ~ tokumei.sql_replaced(name, '^(' ~ one ~ ')' ~ between ~ '(' ~ one ~ ')$', end) ~ ' as value from ' ~ mart ~ ' where ' ~ name ~ " <> '*'") -%}
        {%- endfor -%}
        {{- return({
            'conditions': ['not ' ~ tokumei.sql_matches(text, '^([*]|' ~ one ~ '(' ~ between ~ one ~ ')?)$')],
            'ends': '(' ~ ends | join(' union ') ~ ') as shown',
        }) -}}
    {%- endif -%}
    {%- set labels = [] -%}
    {%- for level in (axis['ladder']['levels'] if axis['ladder'] else []) -%}
        {%- do labels.append(tokumei._is_label(axis['ladder']['kind'], level, text)) -%}
    {%- endfor -%}
    {%- set plain = text ~ " <> '*'" ~ (' and not coalesce(' ~ labels | join(' or ') ~ ', false)' if labels else '') -%}
    {{- return({
        'conditions': [plain ~ ' and not ' ~ tokumei.sql_matches(text, '^' ~ tokumei._plain_pattern(axis['type']) ~ '$')] if axis['type'] in ['integer', 'number', 'date'] else [],
        'ends': '(select distinct shown.value from (select ' ~ name ~ ' as value from ' ~ mart ~ ') as shown where ' ~ plain ~ ') as shown',
    }) -}}
{%- endmacro %}

{% macro _plain_pattern(type) -%}
    {{- return('[0-9]{4,}-[0-9]{2}-[0-9]{2}' if type in ['date', 'timestamp'] else '-?[0-9]+([.][0-9]+)?') -}}
{%- endmacro %}

{#- Neither a value of the hierarchy nor one of the labels above it. -#}
{% macro _outside_ladder(ladder, scene) -%}
    {%- set known = [tokumei.join_text('leaf.' ~ tokumei.sql_identifier(ladder['from'])) ~ ' = ' ~ tokumei.join_text('shown.value')] -%}
    {%- for level in ladder['levels'] -%}
        {%- do known.append(tokumei.sql_text('leaf.' ~ tokumei.sql_identifier(level)) ~ ' = ' ~ tokumei.sql_text('shown.value')) -%}
    {%- endfor -%}
    {%- set absent = [] -%}
    {%- for condition in known -%}
        {%- do absent.append('not exists (select 1 from ' ~ scene['lookups'][ladder['hierarchy']] ~ ' as leaf where ' ~ condition ~ ')') -%}
    {%- endfor -%}
    {{- return(absent | join(' and ')) -}}
{%- endmacro %}

{#- A computed label of one level: a band is the one in which its lower end lies. -#}
{% macro _is_label(kind, level, text) -%}
    {%- set patterns = {'hour': '-[0-9]{2}-[0-9]{2} [0-9]{2}:00:00', 'day': '-[0-9]{2}-[0-9]{2}', 'month': '-[0-9]{2}', 'quarter': '-Q[1-4]', 'year': ''} -%}
    {%- if kind == 'prefix' -%}
        {{- return(tokumei.sql_matches(text, '^.{1,' ~ level ~ '}[*]$')) -}}
    {%- elif kind == 'mesh' -%}
        {{- return(tokumei.sql_matches(text, tokumei._mesh_pattern(level))) -}}
    {%- elif kind == 'truncate' and level is string -%}
        {{- return(tokumei.sql_matches(text, '^[0-9]{4,}' ~ patterns[level] ~ '$')) -}}
    {%- endif -%}
    {%- set low = tokumei._value(tokumei.sql_replaced(text, '^(-?[0-9]+([.][0-9]+)?)-(-?[0-9]+([.][0-9]+)?)$', '\\1'), 'text') -%}
    {{- return(tokumei._computed_label('band', level, low) ~ ' = ' ~ text) -}}
{%- endmacro %}
