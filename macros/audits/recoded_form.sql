{#- What local recoding may show: a value or a label of the declared ladder, `*`, a range, a mean on its grid. `conditions`
    hold for no value; `ends` are the values, or both ends of the ranges, that have the form of the column's own steps. -#}
{% macro recoded_form(policy, scene, column) -%}
    {%- set name = tokumei.sql_identifier(column['name']) -%}
    {%- set text = tokumei.sql_text('shown.value') -%}
    {%- set recode = tokumei._local_recode(policy) | first -%}
    {%- set axis = tokumei.recode_axes(recode, policy) | selectattr('column', 'equalto', column['name']) | first -%}
    {%- if axis['mean'] -%}
        {%- set shown = tokumei._value('shown.value', scene['types'].get(column['name'])) -%}
        {{- return({'conditions': tokumei._form_of_group(column, {'arguments': {}}, shown), 'ends': none}) -}}
    {%- elif axis['ladder'] -%}
        {%- set ladder = axis['ladder'] -%}
        {%- set known = [tokumei.join_text('leaf.' ~ tokumei.sql_identifier(ladder['from'])) ~ ' = ' ~ tokumei.join_text('shown.value')] -%}
        {%- for level in ladder['levels'] -%}{%- do known.append(tokumei.sql_text('leaf.' ~ tokumei.sql_identifier(level)) ~ ' = ' ~ text) -%}{%- endfor -%}
        {%- set absent = [] -%}
        {%- for condition in known -%}{%- do absent.append('not exists (select 1 from ' ~ scene['lookups'][ladder['hierarchy']] ~ ' as leaf where ' ~ condition ~ ')') -%}{%- endfor -%}
        {{- return({'conditions': ['shown.value is not null and ' ~ text ~ " <> '*' and " ~ absent | join(' and ')], 'ends': none}) -}}
    {%- elif axis['member'] -%}
        {%- set one = '[0-9]{4,}-[0-9]{2}-[0-9]{2}' if axis['type'] in ['date', 'timestamp'] else '-?[0-9]+([.][0-9]+)?' -%}
        {%- set between = '/' if axis['type'] in ['date', 'timestamp'] else '-' -%}
        {%- set ends = [] -%}
        {%- for end in ['\\1', '\\3' if between == '-' else '\\2'] -%}
            {%- do ends.append("select distinct regexp_replace(" ~ tokumei.sql_text('mart.' ~ name) ~ ", '^(" ~ one ~ ')' ~ between ~ '(' ~ one ~ ")$', '" ~ end ~ "') as value from " ~ scene['release'] ~ ' as mart where mart.' ~ name ~ " <> '*'") -%}
        {%- endfor -%}
        {{- return({
            'conditions': ['not ' ~ tokumei.sql_matches(text, '^([*]|' ~ one ~ '(' ~ between ~ one ~ ')?)$')],
            'ends': '(' ~ ends | join(' union ') ~ ') as shown',
        }) -}}
    {%- endif -%}
    {{- return({
        'conditions': [],
        'ends': '(select distinct mart.' ~ name ~ ' as value from ' ~ scene['release'] ~ ' as mart where ' ~ tokumei.sql_text('mart.' ~ name) ~ " <> '*') as shown",
    }) -}}
{%- endmacro %}
