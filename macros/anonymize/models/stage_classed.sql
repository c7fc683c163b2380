{#- Stage `classed`: the combinations with the number of their class, so that what follows joins by a number. -#}
{% macro stage_classed(policy, at, shape, nullable) -%}
{%- set conditions = tokumei.sql_join_columns('recoded', 'classes', tokumei._class_columns(shape), nullable) -%}
select
    recoded.*,
    classes.tokumei_class_no
from recoded
{%- if conditions %}
inner join classes
    on {{ conditions | join('\n        and ') }}
{%- else %}
cross join classes
{%- endif -%}
{%- endmacro %}

{#- How many subjects of each class hold each value. A subject of several values counts once for each. -#}
{% macro stage_class_counts(column, combinations, unique, condition=none) -%}
{%- set value = combinations ~ '.' ~ tokumei.sql_identifier(column['shown']) -%}
select
    {{ combinations }}.tokumei_class_no,
    {{ value }} as value,
    cast({{ tokumei._subjects(combinations, unique) }} as {{ tokumei.sql_type('double precision') }}) as subjects
from {{ combinations }}
{%- if condition %}
where {{ condition }}
{%- endif %}
group by {{ combinations }}.tokumei_class_no, {{ value }}
{%- endmacro %}

{#- Numbered in their order, so that a class has one number however often the stage is read. -#}
{% macro _class_number(keys) -%}
    {%- set order = ' order by ' ~ tokumei._quoted(keys, 'recoded') | join(', ') if keys else '' -%}
    {{- return(['row_number() over (' ~ order | trim ~ ') as tokumei_class_no']) -}}
{%- endmacro %}
