{#- The classes whose distribution of a column is at most t away from that of all that is alive (Li, Li, Venkatasubramanian
    2007), the distance judged to 1e-9. Null and replacements are values like others. -#}
{% macro stage_closeness(column, combinations, unique) -%}
{%- if column['t']['kind'] == 'ordered' -%}
    {{- return(tokumei.stage_ordered_closeness(column, combinations, unique)) -}}
{%- endif -%}
with counted as (
{{ tokumei.stage_class_counts(column, combinations, unique) | indent(4, first=true) }}
),

everyone as (
{{ tokumei.stage_everyone(column, combinations, unique) | indent(4, first=true) }}
),

class_shares as (
    select
        counted.tokumei_class_no,
        counted.value,
        counted.subjects / sum(counted.subjects) over (partition by counted.tokumei_class_no) as share
    from counted
),

shares as (
    select
        everyone.value,
        everyone.subjects / sum(everyone.subjects) over () as share
    from everyone
)

select class_shares.tokumei_class_no
from class_shares
inner join shares on {{ tokumei.sql_same('class_shares.value', 'shares.value') }}
group by class_shares.tokumei_class_no
having sum(greatest(class_shares.share - shares.share, 0)) <= {{ column['t']['t'] }} + 1e-9
{%- endmacro %}

{#- How many subjects hold each value, whatever their class. -#}
{% macro stage_everyone(column, combinations, unique) -%}
{%- set value = combinations ~ '.' ~ tokumei.sql_identifier(column['shown']) -%}
select
    {{ value }} as value,
    cast({{ tokumei._subjects(combinations, unique) }} as {{ tokumei.sql_type('double precision') }}) as subjects
from {{ combinations }}
group by {{ value }}
{%- endmacro %}
