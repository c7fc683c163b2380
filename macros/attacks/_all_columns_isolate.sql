{#- Who is the only one with a content, and whom a content put together from up to 2,000 persons' records would be. They
    lie in the order of their tokens, which nobody can foresee: the next person's value is anybody's. -#}
{% macro _all_columns_isolate(policy, scene, columns) -%}
{%- set token = 'mart.' ~ tokumei.sql_identifier(policy['token']) -%}
{%- set content = 'md5(' ~ tokumei.sql_record_text(columns) ~ ')' -%}
{%- set joined = tokumei._joined_dataset(policy, scene) -%}
{%- set places = range(1, columns | length + 1) | list -%}
contents as {{ tokumei.sql_materialized() }}(
    {%- if scene['unique'] %}
    select {{ content }} as content, count(*) as subjects, {{ tokumei._as_double('count(*)') }} as weight
    from {{ joined | indent(4) }}
    group by {{ content }}
    {%- else %}
    select record.content, count(*) as subjects, sum(record.weight) as weight
    from (
        select one.content, 1 / {{ tokumei._as_double('count(*) over (partition by one.who)') }} as weight
        from (
            select distinct {{ token }} as who, {{ content }} as content
            from {{ joined | indent(12) }}
        ) as one
    ) as record
    group by record.content
    {%- endif %}
),

sampled as {{ tokumei.sql_materialized() }}(
    select person.who
    from (select distinct {{ token }} as who from {{ scene['release'] }} as mart) as person
    order by {{ tokumei.sql_text_order('person.who') }}
    limit 2000
),

drawn as (
    select
        {{ tokumei._lines(['sampled.who'] + tokumei._as_columns(columns), 8) }},
        row_number() over (partition by sampled.who order by {{ tokumei.sql_text_order('md5(sampled.who || ' ~ content ~ ')') }}) as place
    from {{ joined | indent(4) }}
    inner join sampled on {{ token }} = sampled.who
),

mixed as (
    select
        {%- for place in places %}
        lead(drawn.column_{{ place }}, {{ place - 1 }}) over (order by {{ tokumei.sql_text_order('drawn.who') }}) as column_{{ place }},
        {%- endfor %}
        row_number() over (order by {{ tokumei.sql_text_order('drawn.who') }}) as place,
        count(*) over () as persons
    from drawn
    where drawn.place = 1
),

guessed as (
    select
        {{ tokumei._as_double('count(*)') }} as guesses,
        coalesce(avg(case when contents.subjects = 1 then {{ tokumei.sql_fraction('1.0') }} else {{ tokumei.sql_fraction('0.0') }} end), 0) as base
    from mixed
    left join contents on md5({{ tokumei.sql_record_text(tokumei._attacked_columns(places, 'mixed')) }}) = contents.content
    where mixed.place <= mixed.persons - {{ columns | length - 1 }}
),

isolated as (
    select coalesce(sum(case when contents.subjects = 1 then contents.weight else 0 end), 0) / nullif(sum(contents.weight), 0) as success
    from contents
),

by_all_columns as (
    select
        'all columns' as what,
        cast(null as {{ tokumei.sql_type('text') }}) as named,
        everybody.persons,
        coalesce(isolated.success, 0) as success,
        guessed.base,
        coalesce(isolated.success, 0) - {{ tokumei._wilson('guessed.base', 'guessed.guesses', 'upper') }} as lower,
        coalesce(isolated.success, 0) - {{ tokumei._wilson('guessed.base', 'guessed.guesses', 'lower') }} as upper
    from isolated
    cross join guessed
    cross join everybody
)
{%- endmacro %}
