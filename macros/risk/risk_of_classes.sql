{#- Class sizes, uniques, and the prosecutor's, journalist's and marketer's risk, each counted in subjects. A subject with
    several records is judged by the smallest class that holds one of them. -#}
{% macro risk_of_classes(frame, threshold, grouped) -%}
{%- set codes = tokumei._codes(frame) -%}
{%- set both = frame['sides'] | length > 1 -%}
{%- set found = [] -%}
{%- for side in frame['sides'] -%}
    {%- do found.extend(tokumei._class_measures(side, threshold, grouped, both and loop.first)) -%}
{%- endfor -%}
with class as {{ tokumei.sql_once() }}(
    select
        {{ tokumei._lines(tokumei._quoted(codes, 'held') + tokumei._side_sums(frame), 8) }}
    from {{ frame['rows'] }} as held
    {%- if codes %}
    group by {{ tokumei._quoted(codes, 'held') | join(', ') }}
    {%- endif %}
),
{%- for side in frame['sides'] %}

placed_{{ side['count'] }} as {{ tokumei.sql_once() }}(
    {{ tokumei._placed(frame, side['count'], codes, both) | indent(4) }}
){{ ',' if not loop.last }}
{%- endfor %}

{{ found | join('\nunion all\n') }}
{%- endmacro %}

{#- How many subjects have their smallest class of that size. -#}
{% macro _placed(frame, count, codes, both) -%}
{%- set population = 'greatest(class.population, class.mart)' if both else 'class.' ~ count -%}
{%- if frame['unique'] -%}
select class.{{ count }} as smallest, {{ population }} as population, cast(sum(class.{{ count }}) as bigint) as subjects
from class
where class.{{ count }} > 0
group by 1, 2
{%- else -%}
select person.smallest, person.population, count(*) as subjects
from (
    select held.who, min(class.{{ count }}) as smallest, min({{ population }}) as population
    from {{ frame['rows'] }} as held
    {%- if codes %}
    inner join class on {{ tokumei.sql_join_columns('held', 'class', codes, []) | join(' and ') }}
    {%- else %}
    cross join class
    {%- endif %}
    where held.{{ count }} = 1
    group by held.who
) as person
group by 1, 2
{%- endif -%}
{%- endmacro %}

{% macro _codes(frame) -%}
    {%- set codes = [] -%}
    {%- for name in frame['columns'] -%}{%- do codes.append('c_' ~ loop.index) -%}{%- endfor -%}
    {{- return(codes) -}}
{%- endmacro %}

{% macro _side_sums(frame) -%}
    {%- set sums = [] -%}
    {%- for side in frame['sides'] -%}{%- do sums.append('cast(sum(held.' ~ side['count'] ~ ') as bigint) as ' ~ side['count']) -%}{%- endfor -%}
    {{- return(sums) -}}
{%- endmacro %}
