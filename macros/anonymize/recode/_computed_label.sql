{#- The label of a value at a level that is computed: `20-29`, `2026-03`, `2026-Q1`, `2026`, `2020-2029`, `12*`, or a larger cell
    of the mesh. Null where the value cannot be read so. -#}
{% macro _computed_label(kind, level, value) -%}
    {%- if value.type in ['date', 'timestamp'] -%}
        {%- do value.update({'as_it_is': true}) -%}
    {%- endif -%}
    {%- if kind == 'band' -%}
        {{- return(tokumei.step_band(value, {'width': level, 'label': '{from}-{to}'}, none).sql) -}}
    {%- elif kind == 'prefix' -%}
        {{- return('(' ~ tokumei.step_prefix(value, {'characters': level}, none).sql ~ " || '*')") -}}
    {%- elif kind == 'mesh' -%}
        {{- return('substr(' ~ tokumei.sql_text(value.sql) ~ ', 1, ' ~ tokumei.mesh_characters(level) ~ ')') -}}
    {%- elif level is string and value.type == 'integer' -%}
        {{- return(tokumei.sql_text(value.sql)) -}}
    {%- elif level == 'hour' -%}
        {{- return(tokumei.sql_text(tokumei.sql_date_floor('hour', tokumei._as_timestamp(value)))) -}}
    {%- endif -%}
    {%- set date = none if value.type == 'integer' else tokumei._as_date(value) -%}
    {%- set year = value.sql if value.type == 'integer' else tokumei.sql_date_part('year', date) -%}
    {%- if level is not string -%}
        {{- return(tokumei.step_band(tokumei._value(year, 'integer'), {'width': level, 'label': '{from}-{to}'}, none).sql) -}}
    {%- elif level == 'day' -%}
        {{- return(tokumei.sql_text(date)) -}}
    {%- elif level == 'month' -%}
        {{- return('substr(' ~ tokumei.sql_text(date) ~ ', 1, 7)') -}}
    {%- elif level == 'quarter' -%}
        {{- return('(' ~ tokumei.sql_text(year) ~ " || '-Q' || " ~ tokumei.sql_text(tokumei.sql_date_part('quarter', date)) ~ ')') -}}
    {%- endif -%}
    {{- return(tokumei.sql_text(year)) -}}
{%- endmacro %}

{#- How long the code of a cell is. -#}
{% macro mesh_characters(level) -%}
    {{- return({'half': 9, 3: 8, 2: 6, 1: 4}[level]) -}}
{%- endmacro %}
