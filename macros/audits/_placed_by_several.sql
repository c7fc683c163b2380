{#- Which subjects of the sample are placed among fewer than `among` by the first `number` of their records. -#}
{% macro _placed_by_several(known, own, number, among) -%}
{%- set columns = tokumei._quoted(known, 'history') -%}
sampled as {{ tokumei.sql_materialized() }}(
    select person.who
    from (select distinct history.who from histories as history) as person
    order by {{ tokumei.sql_text_order('person.who') }}
    limit 2000
),

drawn as {{ tokumei.sql_materialized() }}(
    select ranked.*, count(*) over (partition by ranked.who) as number
    from (
        select
            history.*,
            row_number() over (
                partition by history.who
                order by {{ tokumei.sql_text_order('md5(history.who || md5(' ~ tokumei.sql_record_text(columns[:own]) ~ '))') }}
            ) as place
        from (
            select distinct history.who, {{ columns | join(', ') }}
            from histories as history
            where history.who in (select sampled.who from sampled)
        ) as history
    ) as ranked
    where ranked.place <= {{ number }}
),

sought as {{ tokumei.sql_materialized() }}(
    select distinct {{ columns | join(', ') }}
    from drawn as history
),

met as (
    select distinct history.who, {{ columns | join(', ') }}
    from histories as history
    inner join sought
        on {{ tokumei.sql_join_columns('history', 'sought', known, known) | join('\n        and ') }}
),

placed as (
    select
        alike.who,
        case when count(*) < {{ among }} then {{ tokumei.sql_fraction('1.0') }} else {{ tokumei.sql_fraction('0.0') }} end as alone
    from (
        select drawn.who, met.who as other
        from drawn
        inner join met
            on {{ tokumei.sql_join_columns('drawn', 'met', known, known) | join('\n            and ') }}
        group by drawn.who, met.who, drawn.number
        having count(*) = drawn.number
    ) as alike
    group by alike.who
),

asked as (
    select count(*) as subjects
    from sampled
)
{%- endmacro %}
