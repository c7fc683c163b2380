{#- The combinations that stay, with the values they are shown with: pools replaced, classes of at least k subjects. -#}
{% macro stage_recoded(policy, at, shape, combinations, unique) -%}
{%- set names = (['tokumei_subject'] if not unique else []) + shape['classed'] + ['tokumei_records'] + (['tokumei_subjects'] if unique else []) -%}
{%- set columns = tokumei._quoted(names, 'alive') -%}
{%- for pool in shape['recodes'] -%}
    {%- set joined = tokumei.sql_identifier('pool_' ~ pool['column']) -%}
    {%- set value = 'alive.' ~ tokumei.sql_identifier(pool['column']) -%}
    {%- set shown = value if pool['replace_with'] is none else tokumei.sql_text(value) -%}
    {%- do columns.append('case when ' ~ joined ~ '.pooled then ' ~ tokumei.sql_literal(pool['replace_with']) ~ ' else ' ~ shown ~ ' end as ' ~ tokumei.shown_as(pool['column'])) -%}
    {%- do columns.append('coalesce(' ~ joined ~ '.pooled, false) as ' ~ tokumei.pooled_as(pool['column'])) -%}
{%- endfor -%}
select
    {{ tokumei._lines(columns) }}
from {{ combinations }} as alive
{%- for pool in shape['recodes'] %}
{%- set joined = tokumei.sql_identifier('pool_' ~ pool['column']) %}
left join {{ tokumei._as(at['pools'][pool['column']], joined) }}
    on {{ tokumei.sql_same('alive.' ~ tokumei.sql_identifier(pool['column']), joined ~ '.value') }}
{%- endfor -%}
{%- endmacro %}

{#- The classes: what is shown together, with its number of subjects. -#}
{% macro stage_classes(policy, at, shape, unique) -%}
{%- set keys = tokumei._class_columns(shape) -%}
select
    {{ tokumei._lines(tokumei._quoted(keys, 'recoded') + [tokumei._subjects('recoded', unique) ~ ' as tokumei_class']) }}
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
    {%- for pool in shape['recodes'] -%}{%- do names.append('tokumei_shown_' ~ pool['column']) -%}{%- endfor -%}
    {{- return(names) -}}
{%- endmacro %}

{% macro pooled_as(column) -%}
    {{- return(tokumei.sql_identifier('tokumei_pooled_' ~ column)) -}}
{%- endmacro %}

{% macro _class_columns(shape) -%}
    {%- set recoded = shape['recodes'] | map(attribute='column') | list -%}
    {%- set keys = [] -%}
    {%- for name in shape['quasi_identifiers'] -%}
        {%- do keys.append('tokumei_shown_' ~ name if name in recoded else name) -%}
    {%- endfor -%}
    {{- return(keys + (shape['followed'] | map(attribute='name') | list)) -}}
{%- endmacro %}
