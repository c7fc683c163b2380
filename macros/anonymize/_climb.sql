{#- One level up. -#}
{% macro _climb(recode, combinations, unique, number) -%}
{%- set from = tokumei._climbed(recode, combinations, unique, number - 1) -%}
{%- set subjects = tokumei._climbed_subjects(unique) -%}
{%- set enough = 'shared_' ~ number ~ '.subjects >= ' ~ recode['below'] -%}
shared_{{ number }} as (
    select
        climbed.level_{{ number }} as label,
        {{ subjects }} as subjects
    from {{ from }}
    where climbed.climbing and climbed.level_{{ number }} is not null
    group by climbed.level_{{ number }}
),

drawn_{{ number }} as (
    select
        published.above,
        published.level,
        published.label
    from (
        select
            climbed.level_{{ number }} as above,
            climbed.level,
            climbed.label,
            row_number() over (partition by climbed.level_{{ number }} order by {{ subjects }}, climbed.level, {{ tokumei.sql_text_order('climbed.label') }}) as place
        from {{ from }}
        where not climbed.climbing and climbed.level_{{ number }} is not null
        group by climbed.level_{{ number }}, climbed.level, climbed.label
    ) as published
    inner join shared_{{ number }} on published.above = shared_{{ number }}.label
    where published.place = 1 and not {{ enough }}
),

climbed_{{ number }} as (
    select
        risen.value,
        risen.subjects,
        {{ tokumei._climb_levels('risen', recode['levels']) }},
        case when risen.rises then risen.level_{{ number }} else risen.label end as label,
        case when risen.rises then {{ number }} else risen.level end as level,
        risen.climbing and not risen.rises as climbing
    from (
        select
            climbed.*,
            case
                when climbed.climbing then coalesce({{ enough }}, false) or drawn_{{ number }}.above is not null
                else coalesce(climbed.level = drawn_{{ number }}.level and climbed.label = drawn_{{ number }}.label, false)
            end as rises
        from climbed_{{ number - 1 }} as climbed
        left join shared_{{ number }} on climbed.level_{{ number }} = shared_{{ number }}.label
        left join drawn_{{ number }} on climbed.level_{{ number }} = drawn_{{ number }}.above
    ) as risen
)
{%- endmacro %}

{#- What found no label is suppressed, with the smallest of what is published where it would name what it hides. -#}
{% macro _climb_pool(recode, combinations, unique, last) -%}
{%- set from = tokumei._climbed(recode, combinations, unique, last) -%}
{%- set subjects = tokumei._climbed_subjects(unique) -%}
hidden as (
    select
        {{ subjects }} as subjects
    from {{ from }}
    where climbed.climbing
),

smallest as (
    select
        climbed.level,
        climbed.label
    from {{ from }}
    where not climbed.climbing
    group by climbed.level, climbed.label
    order by {{ subjects }}, climbed.level, {{ tokumei.sql_text_order('climbed.label') }} nulls last
    limit 1
),

pooled as (
    select
        climbed.value,
        climbed.level,
        climbed.label,
        climbed.climbing
        or (
            hidden.subjects between 1 and {{ recode['below'] - 1 }}
            and coalesce(climbed.level = smallest.level and {{ tokumei.sql_same('climbed.label', 'smallest.label') }}, false)
        ) as hidden
    from climbed_{{ last }} as climbed
    cross join hidden
    left join smallest on true
)
{%- endmacro %}

{#- Where each subject has one record the leaves' numbers add up; else the subjects behind them are counted. -#}
{% macro _climbed(recode, combinations, unique, number) -%}
    {%- set climbed = 'climbed_' ~ number ~ ' as climbed' -%}
    {%- if unique -%}
        {{- return(climbed) -}}
    {%- endif -%}
    {{- return(climbed ~ '\n    inner join ' ~ combinations ~ ' as alive on ' ~ tokumei.sql_same('alive.' ~ tokumei.sql_identifier(recode['name']), 'climbed.value')) -}}
{%- endmacro %}

{% macro _climbed_subjects(unique) -%}
    {{- return('sum(climbed.subjects)' if unique else 'count(distinct alive.tokumei_subject)') -}}
{%- endmacro %}
