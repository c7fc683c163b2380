{#- The combinations that stay, with the values they are shown with: rare ones recoded, classes of at least k subjects. -#}
{% macro stage_recoded(policy, at, shape, combinations, unique) -%}
{%- set names = (['tokumei_subject'] if not unique else []) + shape['classed'] + ['tokumei_records'] + (['tokumei_subjects'] if unique else []) -%}
{%- set columns = tokumei._quoted(names, 'alive') -%}
{%- for recode in shape['recodes'] -%}
    {%- set map = tokumei._recode_name(recode) -%}
    {%- for column in recode['columns'] -%}
        {%- do columns.append(tokumei._shown_value(recode, column, loop.index, map) ~ ' as ' ~ tokumei.shown_as(column)) -%}
    {%- endfor -%}
    {%- do columns.append('coalesce(' ~ map ~ '.changed, false) as ' ~ tokumei.changed_as(recode['name'])) -%}
{%- endfor -%}
select
    {{ tokumei._lines(columns) }}
from {{ combinations }} as alive
{%- for recode in shape['recodes'] %}
{%- set map = tokumei._recode_name(recode) %}
left join {{ tokumei._as(at['recodes'][recode['name']], map) }}
    on {{ tokumei._recode_join(recode, map) | join('\n        and ') }}
{%- endfor -%}
{%- endmacro %}

{% macro _recode_join(recode, map) -%}
    {%- set conditions = [] -%}
    {%- for key in recode['keys'] -%}
        {%- do conditions.append(tokumei.sql_same('alive.' ~ tokumei.sql_identifier(key), map ~ '.key_' ~ loop.index)) -%}
    {%- endfor -%}
    {{- return(conditions) -}}
{%- endmacro %}

{#- What a recoded column shows. Where it shows a text for some values, it shows text for all. -#}
{% macro _shown_value(recode, column, place, map) -%}
    {%- set value = 'alive.' ~ tokumei.sql_identifier(column) -%}
    {%- if recode['kind'] in ['group', 'local'] -%}
        {{- return(map ~ '.shown_' ~ place) -}}
    {%- elif recode['kind'] == 'climb' -%}
        {{- return('case when ' ~ map ~ '.changed then ' ~ map ~ '.shown_1 else ' ~ tokumei.sql_text(value) ~ ' end') -}}
    {%- endif -%}
    {%- set kept = value if recode['replace_with'] is none else tokumei.sql_text(value) -%}
    {{- return('case when ' ~ map ~ '.changed then ' ~ tokumei.sql_literal(recode['replace_with']) ~ ' else ' ~ kept ~ ' end') -}}
{%- endmacro %}

{#- The classes: what is shown together, with its number of subjects. -#}
{% macro stage_classes(policy, at, shape, unique) -%}
{%- set keys = tokumei._class_columns(shape) -%}
select
    {{ tokumei._lines(tokumei._quoted(keys, 'recoded') + [tokumei._subjects('recoded', unique) ~ ' as tokumei_class'] + (tokumei._class_number(keys) if shape['guarded'] else [])) }}
from {{ tokumei._as(at['recoded'], 'recoded') }}
{%- if keys %}
group by {{ tokumei._quoted(keys, 'recoded') | join(', ') }}
{%- endif %}
having {{ tokumei._subjects('recoded', unique) }} >= {{ policy['k'] }}
{%- endmacro %}

{% macro stage_kept(policy, at, shape, nullable) -%}
{%- set conditions = tokumei.sql_join_columns('recoded', 'classes', tokumei._class_columns(shape), nullable) -%}
select recoded.*
from {{ tokumei._as(at['recoded'], 'recoded') }}
{%- if conditions %}
inner join {{ tokumei._as(at['classes'], 'classes') }}
    on {{ conditions | join('\n        and ') }}
{%- else %}
where exists (select 1 from {{ tokumei._as(at['classes'], 'classes') }})
{%- endif -%}
{%- endmacro %}

{#- A recoded column keeps its treated value for joining, and what is shown beside it. -#}
{% macro shown_as(column) -%}
    {{- return(tokumei.sql_identifier('tokumei_shown_' ~ column)) -}}
{%- endmacro %}

{% macro _shown_columns(shape) -%}
    {%- set names = [] -%}
    {%- for column in tokumei._recoded_columns(shape['recodes']) -%}{%- do names.append('tokumei_shown_' ~ column) -%}{%- endfor -%}
    {{- return(names) -}}
{%- endmacro %}

{% macro changed_as(recode) -%}
    {{- return(tokumei.sql_identifier('tokumei_changed_' ~ recode)) -}}
{%- endmacro %}

{% macro _class_columns(shape) -%}
    {%- set recoded = tokumei._recoded_columns(shape['recodes']) -%}
    {%- set keys = [] -%}
    {%- for name in shape['quasi_identifiers'] -%}
        {%- do keys.append('tokumei_shown_' ~ name if name in recoded else name) -%}
    {%- endfor -%}
    {{- return(keys + (shape['followed'] | map(attribute='name') | list)) -}}
{%- endmacro %}
