{#- How many subjects of each class hold each value: class_no, value, subjects. Null is a value, in keys as well. -#}
{% macro class_counts(relation, keys, value, persons) -%}
{%- set names, numbered = [], [] -%}
{%- for key in keys -%}
    {%- do names.append(key ~ ' as key_' ~ loop.index) -%}
    {%- do numbered.append('grouped.key_' ~ loop.index) -%}
{%- endfor -%}
select
    {{ 'dense_rank() over (order by ' ~ numbered | join(', ') ~ ')' if keys else 'cast(1 as bigint)' }} as class_no,
    grouped.value,
    cast(grouped.subjects as {{ tokumei.sql_type('double precision') }}) as subjects
from (
    select
        {{ tokumei._lines(names + [value ~ ' as value', persons ~ ' as subjects'], 8) }}
    from {{ relation }}
    group by {{ (keys + [value]) | join(', ') }}
) as grouped
{%- endmacro %}

{#- How many subjects hold each value, whatever their class: value, subjects. -#}
{% macro everyone_counts(relation, value, persons) -%}
select
    {{ value }} as value,
    cast({{ persons }} as {{ tokumei.sql_type('double precision') }}) as subjects
from {{ relation }}
group by {{ value }}
{%- endmacro %}
