{#- The classes that are l-diverse in one column: distinct (so many values), entropy, or recursive (c, l), by the counts of
    subjects behind each value. Machanavajjhala et al. 2007. Null and replacements are no values. -#}
{% macro stage_diversity(column, unique) -%}
{%- set shown = 'classed.' ~ tokumei.sql_identifier(column['shown']) -%}
{%- set counts = tokumei._counts_towards_l(shown, column['replacements']) -%}
{%- set asked = column['l'] -%}
{%- if asked['kind'] == 'distinct' -%}
select classed.tokumei_class_no
from classed
where {{ counts }}
group by classed.tokumei_class_no
having count(distinct {{ shown }}) >= {{ asked['l'] }}
{%- elif asked['kind'] == 'entropy' -%}
with counted as (
{{ tokumei.stage_class_counts(column, 'classed', unique, counts) | indent(4, first=true) }}
)

select counted.tokumei_class_no
from counted
group by counted.tokumei_class_no
having ln(sum(counted.subjects)) - sum(counted.subjects * ln(counted.subjects)) / sum(counted.subjects) >= ln(cast({{ asked['l'] }} as {{ tokumei.sql_type('double precision') }})) - 1e-9
{%- else -%}
with counted as (
{{ tokumei.stage_class_counts(column, 'classed', unique, counts) | indent(4, first=true) }}
),

ranked as (
    select
        counted.tokumei_class_no,
        counted.subjects,
        row_number() over (partition by counted.tokumei_class_no order by counted.subjects desc) as place
    from counted
)

select ranked.tokumei_class_no
from ranked
group by ranked.tokumei_class_no
having max(ranked.subjects) * 1000000 < {{ (asked['c'] * 10 ** 6) | round | int }} * sum(case when ranked.place >= {{ asked['l'] }} then ranked.subjects else 0 end)
{%- endif -%}
{%- endmacro %}
