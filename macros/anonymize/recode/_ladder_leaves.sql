{#- The leaves of one ladder: the rows of its hierarchy, and null where it is met; or every value that is met, where labels are
    computed or there are none. -#}
{% macro _ladder_leaves(axis, at, at_met, top) -%}
    {%- set ladder = axis['ladder'] or {'kind': none, 'levels': []} -%}
    {%- set met = 'met.value_' ~ axis['number'] -%}
    {%- set key = 'met.key_' ~ axis['number'] -%}
    {%- set values = '(select distinct ' ~ met ~ ', ' ~ key ~ ' from ' ~ tokumei._as(at_met, 'met') ~ ') as met' -%}
    {%- set labels = [] -%}
    {%- if ladder['kind'] == 'hierarchy' -%}
        {%- set value = tokumei.join_text('leaf.' ~ tokumei.sql_identifier(ladder['from'])) -%}
        {%- set missing = [] -%}
        {%- for level in ladder['levels'] -%}
            {%- do labels.append('min(' ~ tokumei.sql_text('leaf.' ~ tokumei.sql_identifier(level)) ~ ')') -%}
            {%- do missing.append(tokumei.sql_text('null')) -%}
        {%- endfor -%}
        {{- return([
            tokumei._leaf_rows(axis, value, labels, 'count(*)', top, at['lookups'][ladder['hierarchy']] ~ ' as leaf where ' ~ value ~ ' is not null'),
            tokumei._leaf_rows(axis, met, missing, '1', top, values ~ ' where ' ~ met ~ ' is null'),
        ]) -}}
    {%- endif -%}
    {%- for level in ladder['levels'] -%}
        {%- do labels.append('min(' ~ tokumei._computed_label(ladder['kind'], level, tokumei._value(key, axis['type'])) ~ ')') -%}
    {%- endfor -%}
    {{- return([tokumei._leaf_rows(axis, met, labels, '1', top, values)]) -}}
{%- endmacro %}

{#- One row a value: the value itself, the labels above it, `*` above these. -#}
{% macro _leaf_rows(axis, value, labels, leaves, top, from) -%}
    {%- set columns = [axis['number'] ~ ' as axis', value ~ ' as value', value ~ ' as label_0'] -%}
    {%- for level in range(top) -%}
        {%- do columns.append((labels[level] if level < labels | length else tokumei.sql_text("'*'")) ~ ' as label_' ~ (level + 1)) -%}
    {%- endfor -%}
    {{- return('select ' ~ columns | join(', ') ~ ', ' ~ leaves ~ ' as leaves from ' ~ from ~ ' group by ' ~ value) -}}
{%- endmacro %}
