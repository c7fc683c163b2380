{#- Does a column put the subjects in the order of an identifier, or of the source's records (Spearman's correlation of 0.99 or
    more, and fewer than k subjects to a value on average)? Do the rows of the mart lie in such an order (0.9), other
    than the one that build_release gives them (decision 0002)? What is the same for everybody has no order: engines
    give its correlation as nothing, or as not a number, which is more than any. -#}
{% macro _ordered_identifiers(policy, scene, identifiers, shown) -%}
{%- set orders = [] -%}
{%- for name in identifiers -%}
    {%- set plain = 'max(few_own.plain)' -%}
    {%- do orders.append({'kind': loop.index, 'by': 'length(' ~ plain ~ '), ' ~ tokumei.sql_text_order(plain)}) -%}
    {%- do orders.append({'kind': loop.index, 'by': tokumei.sql_text_order(plain)}) -%}
{%- endfor -%}
{%- set looked_at = [] -%}
{%- for column in policy['columns'] if column['pseudonym'] or column['name'] in shown -%}
    {%- do looked_at.append(column) -%}
{%- endfor -%}
with known as {{ tokumei.sql_materialized() }}(
    {%- for order in orders %}
    select few_own.place, {{ loop.index }} as identifier, rank() over (order by {{ order['by'] }}) as rank_known
    from few_own
    where few_own.kind = {{ order['kind'] }}
    group by few_own.place
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
    {%- if scene['origin_has_places'] %}
    union all
    select few.place, 0 as identifier, rank() over (order by min(sampled.place_in_source)) as rank_known
    from few
    inner join sampled on few.token = sampled.token
    group by few.place
    {%- endif %}
),

told as {{ tokumei.sql_materialized() }}(
    {%- for column in looked_at %}
    {%- set number = policy['columns'].index(column) + 1 %}
    {%- set numeric = scene['types'].get(column['name']) in ['integer', 'number'] %}
    {%- set value = 'min(' ~ ('few_records.shown_' ~ number if numeric else tokumei.sql_text('few_records.shown_' ~ number)) ~ ')' %}
    select
        few_records.place,
        {{ number }} as number,
        rank() over (order by {{
            value if numeric else 'length(' ~ value ~ '), ' ~ tokumei.sql_text_order(value)
        }}) as rank_told
    from few_records
    where few_records.shown_{{ number }} is not null
    group by few_records.place
    union all
    {%- endfor %}
    select few_records.place, 0 as number, rank() over (order by min(few_records.place_in_mart)) as rank_told
    from few_records
    group by few_records.place
),

alike as {{ tokumei.sql_materialized() }}(
    select correlated.number, max(abs(correlated.correlation)) as correlation, max(correlated.subjects) as subjects
    from (
        select told.number, known.identifier, corr(told.rank_told, known.rank_known) as correlation, count(*) as subjects
        from told
        inner join known on told.place = known.place
        group by told.number, known.identifier
    ) as correlated
    where
        correlated.subjects >= 30
        and abs(correlated.correlation) >= case when correlated.number = 0 then 0.9 else 0.99 end
        and abs(correlated.correlation) < 2
    group by correlated.number
),

sharing as (
    {%- for column in looked_at %}
    {%- set number = policy['columns'].index(column) + 1 %}
    {%- set name = 'mart.' ~ tokumei.sql_identifier(column['name']) %}
    select {{ number }} as number, count(distinct mart.{{ tokumei.sql_identifier(policy['token']) }}) * {{ tokumei.sql_fraction('1.0') }} / nullif(count(distinct {{ name }}), 0) as subjects
    from {{ scene['release'] }} as mart
    inner join (
        select distinct few_records.shown_{{ number }} as value
        from few_records
        where exists (select 1 from alike where alike.number = {{ number }})
    ) as suspect on {{ name }} = suspect.value
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

{{ tokumei._rows_turned(policy, scene) }}

select
    named.column_name,
    cast(alike.subjects as bigint) as violations,
    cast(alike.correlation as {{ tokumei.sql_type('double precision') }}) as measured
from alike
inner join sharing on alike.number = sharing.number
inner join named on alike.number = named.number
where sharing.subjects < {{ policy['k'] }}
union all
select
    cast('rows: their order' as {{ tokumei.sql_type('text') }}) as column_name,
    cast(alike.subjects as bigint) as violations,
    cast(alike.correlation as {{ tokumei.sql_type('double precision') }}) as measured
from alike
cross join turned
where alike.number = 0 and turned.records > 0
{%- endmacro %}
