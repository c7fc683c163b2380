{#- The combinations that are met in the recoded columns and in those that stay as they are, once (where subjects have several
    records: once a subject). `cell` numbers what stays: nothing is recoded across it. -#}
{% macro stage_recode_met(recode, axes, combinations, unique) -%}
{%- set keys = tokumei._quoted(([] if unique else ['tokumei_subject']) + recode['keys'], 'alive') -%}
{%- set named = [] if unique else ['alive.tokumei_subject as subject'] -%}
{%- for key in recode['keys'] -%}
    {%- do named.append('alive.' ~ tokumei.sql_identifier(key) ~ ' as key_' ~ loop.index) -%}
{%- endfor -%}
{%- do named.append('cast(sum(alive.tokumei_subjects) as bigint) as weight' if unique else 'cast(1 as bigint) as weight') -%}
{%- set values = [] -%}
{%- for axis in axes -%}
    {%- set key = 'met.key_' ~ axis['number'] -%}
    {%- do values.append((tokumei._group_number(axis['member'], key) if axis['member'] else tokumei.join_text(key) if axis['ladder'] and axis['ladder']['kind'] == 'hierarchy' else tokumei.shown_text(axis, key)) ~ ' as value_' ~ axis['number']) -%}
{%- endfor -%}
{%- set fixed = [] -%}
{%- for key in recode['keys'][axes | length:] -%}
    {%- do fixed.append(tokumei.sql_text_order('met.key_' ~ (axes | length + loop.index)) ~ ' nulls last') -%}
{%- endfor -%}
select
    {{ tokumei._lines(['met.*'] + values + [('dense_rank() over (order by ' ~ fixed | join(', ') ~ ')' if fixed else 'cast(1 as bigint)') ~ ' as cell']) }}
from (
    select
        {{ tokumei._lines(named, 8) }}
    from {{ tokumei._as(combinations, 'alive') }}
    group by {{ keys | join(', ') }}
) as met
{%- endmacro %}

{#- A value as it reads beside labels. -#}
{% macro shown_text(axis, value) -%}
    {{- return(tokumei.sql_number_text(value) if axis['type'] == 'number' else tokumei.sql_text(value)) -}}
{%- endmacro %}
