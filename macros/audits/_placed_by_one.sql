{#- Which share of each subject's records fewer than `among` subjects have, where it is not none: the records that few have are
    few themselves, so that nothing but them is held person by person. -#}
{% macro _placed_by_one(known, among) -%}
{%- set columns = tokumei._quoted(known, 'history') -%}
rare as {{ tokumei.sql_materialized() }}(
    select {{ columns | join(', ') }}
    from histories as history
    group by {{ columns | join(', ') }}
    having count(distinct {{ tokumei.sql_text_order('history.who') }}) < {{ among }}
),

alone as {{ tokumei.sql_materialized() }}(
    select exposed.who, count(*) as records
    from (
        select distinct history.who, {{ columns | join(', ') }}
        from histories as history
        inner join rare
            on {{ tokumei.sql_join_columns('history', 'rare', known, known) | join('\n            and ') }}
    ) as exposed
    group by exposed.who
),

placed as (
    select alone.who, max(alone.records) * {{ tokumei.sql_fraction('1.0') }} / count(*) as alone
    from (
        select distinct history.who, {{ columns | join(', ') }}
        from histories as history
        where history.who in (select alone.who from alone)
    ) as record
    inner join alone on record.who = alone.who
    group by alone.who
),

asked as (
    select count(distinct {{ tokumei.sql_text_order('history.who') }}) as subjects
    from histories as history
)
{%- endmacro %}
