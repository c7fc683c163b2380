{#- What stands for each combination that was met; where all are at the value itself, nothing changed. `parts`: combination to
    part, where parts are what is shown. -#}
{% macro stage_recode_local(recode, axes, at_coded, at_shown, parts, unique) -%}
{%- set columns = [] -%}
{%- set changed = [] -%}
{%- for key in recode['keys'] -%}
    {%- do columns.append('coded.key_' ~ loop.index ~ ' as key_' ~ loop.index) -%}
{%- endfor -%}
{%- for axis in axes -%}
    {%- set number = axis['number'] | string -%}
    {%- set value = 'shown.shown_' ~ number -%}
    {%- if not axis['member'] -%}
        {%- set value = 'case when shown.level_' ~ number ~ ' = 0 then ' ~ tokumei.shown_text(axis, 'coded.key_' ~ number) ~ ' else ' ~ value ~ ' end' -%}
    {%- endif -%}
    {%- do columns.append(value ~ ' as shown_' ~ number) -%}
    {%- do changed.append('shown.level_' ~ number ~ ' > 0') -%}
{%- endfor -%}
select{{ '' if unique else ' distinct' }}
    {{ tokumei._lines(columns + [changed | join(' or ') ~ ' as changed']) }}
from {{ tokumei._as(at_coded, 'coded') }}
{%- if parts %}
inner join (select distinct split.place, split.node from {{ tokumei._as(parts, 'split') }}) as parts on coded.place = parts.place
inner join {{ tokumei._as(at_shown, 'shown') }} on parts.node = shown.node
{%- else %}
inner join {{ tokumei._as(at_shown, 'shown') }} on coded.place = shown.place
{%- endif -%}
{%- endmacro %}
