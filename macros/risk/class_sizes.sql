{#- The frequency counts of a relation: each combination of values once, with its number of records and of subjects. -#}
{% macro class_sizes(relation, columns, subject=none) -%}
{%- set quoted = tokumei._quoted(columns, 'held') -%}
select
    {{ tokumei._lines(quoted + [
        'count(*) as records',
        ('count(distinct held.' ~ tokumei.sql_identifier(subject) ~ ')' if subject else 'count(*)') ~ ' as subjects',
    ]) }}
from {{ relation }} as held
{%- if quoted %}
group by {{ quoted | join(', ') }}
{%- endif %}
{%- endmacro %}
