{% macro step_band(value, arguments, scene) -%}
    {%- if arguments.get('edges') -%}
        {{- return(tokumei._band_edges(value, arguments['edges'], arguments.get('labels'))) -}}
    {%- endif -%}
    {%- set lower = tokumei._on_grid(value, arguments['width'], nearest=false) -%}
    {%- if arguments.get('label') is none -%}
        {{- return(lower) -}}
    {%- endif -%}
    {{- return(tokumei._value(tokumei._band_label(lower, arguments['width'], arguments['label']), 'text', lower.sql)) -}}
{%- endmacro %}

{#- '{from}-{to}' with a whole width ends one below the next band; otherwise it names the next band's start. -#}
{% macro _band_label(lower, width, label) -%}
    {%- set whole = tokumei._decimals(width) == 0 -%}
    {%- set upper = '(' ~ lower.sql ~ ' + ' ~ ((width | int) - 1 if whole else width) ~ ')' -%}
    {%- set parts = [] -%}
    {%- for part in modules.re.split('(\\{from\\}|\\{to\\})', label) if part != '' -%}
        {%- if part == '{from}' -%}
            {%- do parts.append(tokumei.sql_text(lower.sql)) -%}
        {%- elif part == '{to}' -%}
            {%- do parts.append(tokumei.sql_text(upper)) -%}
        {%- else -%}
            {%- do parts.append(tokumei.sql_literal(part)) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return('(' ~ parts | join(' || ') ~ ')') -}}
{%- endmacro %}

{% macro _band_edges(value, edges, labels) -%}
    {%- set number = tokumei._as_number(value) -%}
    {%- set names = labels or tokumei._interval_labels(edges) -%}
    {%- set branches = ['when ' ~ number ~ ' is null then null'] -%}
    {%- for edge in edges -%}
        {%- do branches.append('when ' ~ number ~ ' < ' ~ edge ~ ' then ' ~ tokumei.sql_literal(names[loop.index0])) -%}
    {%- endfor -%}
    {{- return(tokumei._value(
        'case ' ~ branches | join(' ') ~ ' else ' ~ tokumei.sql_literal(names[-1]) ~ ' end', 'text'
    )) -}}
{%- endmacro %}

{% macro _interval_labels(edges) -%}
    {%- set labels = ['(-inf, ' ~ edges[0] ~ ')'] -%}
    {%- for edge in edges -%}
        {%- do labels.append('[' ~ edge ~ ', ' ~ ('inf' if loop.last else edges[loop.index]) ~ ')') -%}
    {%- endfor -%}
    {{- return(labels) -}}
{%- endmacro %}
