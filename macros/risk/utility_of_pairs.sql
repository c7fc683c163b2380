{#- How far columns still go together: Pearson and Spearman of two numbers, of the source as it is and of the mart. -#}
{% macro utility_of_numbers(scene, frame, columns) -%}
{%- set found = [] -%}
{%- for first in columns -%}
    {%- for second in columns if second['place'] > first['place'] -%}
        {%- set places = "'" ~ first['place'] ~ ' ' ~ second['place'] ~ "'" -%}
        {%- for side in ['source', 'mart'] -%}
            {%- for measure, prefix in [['pearson', 'x_'], ['spearman', 'rank_']] -%}
                {%- do found.append(tokumei._measure(side, measure, tokumei._correlation(prefix ~ first['place'], prefix ~ second['place']), 'correlation', 'ranked_' ~ side ~ ' as ranked', places=places)) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endfor -%}
{%- set given = [] -%}
{%- set shown = [] -%}
{%- for column in columns -%}
    {%- do given.append('held.x_' ~ column['place']) -%}
    {%- do shown.append(tokumei._as_measured_number('mart.' ~ tokumei.sql_identifier(column['name']), column['shown']) ~ ' as x_' ~ column['place']) -%}
{%- endfor -%}
with {% for side, values, relation in [['source', given, frame['rows'] ~ ' as held'], ['mart', shown, scene['release'] ~ ' as mart']] -%}
ranked_{{ side }} as {{ tokumei.sql_once() }}(
    select
        one.*,
        {{ tokumei._lines(tokumei._ranks(columns), 8) }}
    from (
        select {{ values | join(', ') }}
        from {{ relation }}
    ) as one
){{ ',\n\n' if not loop.last }}
{%- endfor %}

{{ found | join('\nunion all\n') }}
{%- endmacro %}

{#- Equal numbers share the mean of their ranks; null has none. -#}
{% macro _ranks(columns) -%}
    {%- set ranks = [] -%}
    {%- for column in columns -%}
        {%- set value = 'one.x_' ~ column['place'] -%}
        {%- set order = ' over (order by ' ~ value ~ ' nulls last)' -%}
        {%- do ranks.append('case when ' ~ value ~ ' is not null then (rank()' ~ order ~ ' + count(*)' ~ order ~ ') / cast(2 as ' ~ tokumei.sql_type('double precision') ~ ') end as rank_' ~ column['place']) -%}
    {%- endfor -%}
    {{- return(ranks) -}}
{%- endmacro %}

{#- Null where one of the two does not vary: engines differ there. -#}
{% macro _correlation(first, second) -%}
    {%- set together = 'case when ranked.' ~ first ~ ' is not null and ranked.' ~ second ~ ' is not null then ranked.' -%}
    {%- set varies = [] -%}
    {%- for one in [first, second] -%}{%- do varies.append('min(' ~ together ~ one ~ ' end) < max(' ~ together ~ one ~ ' end)') -%}{%- endfor -%}
    {{- return('case when ' ~ varies | join(' and ') ~ ' then corr(ranked.' ~ first ~ ', ranked.' ~ second ~ ') end') -}}
{%- endmacro %}

{#- Cramér's V of two columns of any kind, each value a category and null one of them: of the source as the mart would show it,
    and of the mart. -#}
{% macro utility_of_categories(scene, frame, columns) -%}
{%- set codes = [] -%}
{%- set sets = [] -%}
{%- set given = [] -%}
{%- set shown = [] -%}
{%- set letters = [] -%}
{%- for column in columns -%}
    {%- set code = 'k_' ~ column['place'] -%}
    {%- do codes.append('one.' ~ code) -%}
    {%- do letters.append('case when one.' ~ code ~ " is null then '' else '" ~ column['place'] ~ " ' end") -%}
    {%- do given.append(tokumei._category('held.s_' ~ column['place']) ~ ' as ' ~ code) -%}
    {%- do shown.append(tokumei._category('mart.' ~ tokumei.sql_identifier(column['name'])) ~ ' as ' ~ code) -%}
    {%- for other in columns if other['place'] > column['place'] -%}{%- do sets.append('(one.side, one.' ~ code ~ ', one.k_' ~ other['place'] ~ ')') -%}{%- endfor -%}
{%- endfor -%}
{%- set found = [] -%}
{%- set statistic = 'sqrt(greatest(sum(cast(cell.records as ' ~ tokumei.sql_type('double precision') ~ ') * cell.records / (cast(cell.of_first as ' ~ tokumei.sql_type('double precision') ~ ') * cell.of_second)) - 1, 0) / nullif(least(count(distinct cell.first_value), count(distinct cell.second_value)) - 1, 0))' -%}
{%- for side in ['treated', 'mart'] -%}
    {%- do found.append(tokumei._measure(side, 'cramers_v', statistic, 'correlation', "cell where cell.side = '" ~ side ~ "' group by cell.places", places='cell.places')) -%}
{%- endfor -%}
with met as (
    select
        one.side,
        {{ letters | join(' || ') }} as places,
        coalesce({{ codes | join(', ') }}) as first_value,
        coalesce({{ codes | reverse | join(', ') }}) as second_value,
        count(*) as records
    from (
        select 'treated' as side, {{ given | join(', ') }}
        from {{ frame['rows'] }} as held
        union all
        select 'mart' as side, {{ shown | join(', ') }}
        from {{ scene['release'] }} as mart
    ) as one
    group by grouping sets (
        {{ sets | join(',\n        ') }}
    )
),

cell as {{ tokumei.sql_once() }}(
    select
        met.*,
        cast(sum(met.records) over (partition by met.side, met.places, met.first_value) as bigint) as of_first,
        cast(sum(met.records) over (partition by met.side, met.places, met.second_value) as bigint) as of_second
    from met
)

{{ found | join('\nunion all\n') }}
{%- endmacro %}

{% macro _category(expression) -%}
    {{- return("coalesce('=' || " ~ tokumei.sql_text(expression) ~ ", '-')") -}}
{%- endmacro %}
