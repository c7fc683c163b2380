{#- The distinct values of a column of what is audited, as `value`. In the gate they were found for all columns at once. -#}
{% macro distinct_values(scene, name) -%}
    {%- set column = tokumei.sql_identifier(name) -%}
    {%- if name in scene.get('values', {}) -%}
        {{- return(scene['values'][name]) -}}
    {%- endif -%}
    {{- return('(select distinct mart.' ~ column ~ ' as value from ' ~ scene['release'] ~ ' as mart)') -}}
{%- endmacro %}

{#- One scan of the candidate for the distinct values of its columns. Returns name → relation with them. Pseudonyms, and dates
    as they are in the source, are left out: no audit asks for them, and there may be as many as records. -#}
{% macro store_distinct_values(policy, facts, types) -%}
    {%- set names = [] -%}
    {%- for column in policy['columns'] if not column['pseudonym'] -%}
        {%- if types.get(column['name']) not in ['date', 'timestamp'] or column['steps'] | rejectattr('name', 'equalto', 'keep') | list -%}
            {%- do names.append(column['name']) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not names -%}
        {{- return({}) -}}
    {%- endif -%}
    {%- set stage = tokumei._store(facts, policy['mart'], 'values', tokumei.stage_distinct_values(facts['candidate'], names)) -%}
    {%- set values = {} -%}
    {%- for name in names -%}
        {%- do values.update({name: '(select one.' ~ tokumei.sql_identifier(name) ~ ' as value from ' ~ stage ~ ' as one where one.tokumei_others_' ~ loop.index ~ ' = 0)'}) -%}
    {%- endfor -%}
    {{- return(values) -}}
{%- endmacro %}

{#- Each row is a value of one column, the one for which `tokumei_others_…` is 0. -#}
{% macro stage_distinct_values(candidate, names) -%}
{%- set columns = [] -%}
{%- set sets = [] -%}
{%- for column in tokumei._quoted(names) -%}
    {%- do columns.append('mart.' ~ column ~ ' as ' ~ column) -%}
    {%- do sets.append('(mart.' ~ column ~ ')') -%}
{%- endfor -%}
{%- for column in tokumei._quoted(names, 'mart') -%}
    {%- do columns.append('grouping(' ~ column ~ ') as tokumei_others_' ~ loop.index) -%}
{%- endfor -%}
select
    {{ tokumei._lines(columns) }}
from {{ candidate }} as mart
group by grouping sets ({{ sets | join(', ') }})
{%- endmacro %}
