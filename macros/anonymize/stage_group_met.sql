{#- What is met in the columns of a group, once (where subjects have several records: once a subject): as it was treated
    (key_…), and as whole numbers (x_…). `place` numbers what is the same in all of them, `cell` what `by` shows. -#}
{% macro stage_group_met(recode, members, at, shape, combinations, unique) -%}
{%- set keys = tokumei._quoted(([] if unique else ['tokumei_subject']) + recode['keys'], 'alive') -%}
{%- set named = [] if unique else ['alive.tokumei_subject as subject'] -%}
{%- for key in recode['keys'] -%}
    {%- do named.append('alive.' ~ tokumei.sql_identifier(key) ~ ' as key_' ~ loop.index) -%}
{%- endfor -%}
{%- set by = tokumei._group_by(recode, shape) -%}
{%- if by -%}
    {%- do named.append('min(' ~ tokumei.sql_text_order(by['sql']) ~ ') as within') -%}
{%- endif -%}
{%- do named.append('cast(sum(alive.tokumei_subjects) as bigint) as weight' if unique else '1 as weight') -%}
{%- set numbers = [] -%}
{%- set whole = [] -%}
{%- for member in members -%}
    {%- do numbers.append(tokumei._group_number(member, 'met.key_' ~ loop.index) ~ ' as x_' ~ loop.index) -%}
    {%- do whole.append('numbered.x_' ~ loop.index ~ ' is not null') -%}
{%- endfor -%}
{%- set cells = [tokumei.sql_text_order('numbered.within')] if by else [] -%}
select
    numbered.*,
    {{ whole | join(' and ') }} as whole,
    {{ 'rank() over (order by ' ~ cells[0] ~ ')' if by else 'cast(1 as bigint)' }} as cell,
    dense_rank() over (order by {{ (cells + tokumei._numbered('numbered.x_', members)) | join(', ') }}) as place
from (
    select
        {{ tokumei._lines(['met.*'] + numbers, 8) }}
    from (
        select
            {{ tokumei._lines(named, 12) }}
        from {{ tokumei._as(combinations, 'alive') }}
{%- if by and by['recode'] %}
        left join {{ tokumei._as(at['recodes'][by['recode']['name']], by['map']) }}
            on {{ tokumei._recode_join(by['recode'], by['map']) | join('\n            and ') }}
{%- endif %}
        group by {{ keys | join(', ') }}
    ) as met
) as numbered
{%- endmacro %}

{#- What `by` shows, which may be recoded itself. -#}
{% macro _group_by(recode, shape) -%}
    {%- if recode['by'] is none -%}
        {{- return(none) -}}
    {%- endif -%}
    {%- for other in shape['recodes'] if recode['by'] in other['columns'] -%}
        {%- set map = tokumei._recode_name(other) -%}
        {{- return({'sql': tokumei._shown_value(other, recode['by'], other['columns'].index(recode['by']) + 1, map), 'recode': other, 'map': map}) -}}
    {%- endfor -%}
    {{- return({'sql': 'alive.' ~ tokumei.sql_identifier(recode['by']), 'recode': none, 'map': none}) -}}
{%- endmacro %}

{#- prefix1, prefix2 … one for each item. -#}
{% macro _numbered(prefix, items) -%}
    {%- set names = [] -%}
    {%- for item in items -%}{%- do names.append(prefix ~ loop.index) -%}{%- endfor -%}
    {{- return(names) -}}
{%- endmacro %}
