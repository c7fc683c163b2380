{#- Every equivalence class of the dataset, this mart's quasi-identifiers with those of the marts it follows, has at
    least k subjects. -#}
{% macro audit_k_anonymous(policy, scene) -%}
{%- set columns = tokumei._dataset_columns(policy, scene) -%}
with class as {{ tokumei.sql_materialized() }}(
    select {{ tokumei._persons(policy, scene) }} as subjects
    from {{ tokumei._joined_dataset(policy, scene) }}
    {%- if columns %}
    group by {{ columns | join(', ') }}
    {%- endif %}
)

select
    cast('smallest class' as {{ tokumei.sql_type('text') }}) as column_name,
    cast(coalesce(sum(case when class.subjects between 1 and {{ policy['k'] - 1 }} then 1 else 0 end), 0) as bigint) as violations,
    cast(min(class.subjects) as {{ tokumei.sql_type('double precision') }}) as measured
from class
union all
select
    cast('classes' as {{ tokumei.sql_type('text') }}) as column_name,
    cast(0 as bigint) as violations,
    cast(count(*) as {{ tokumei.sql_type('double precision') }}) as measured
from class
{%- endmacro %}

{% macro _dataset_columns(policy, scene) -%}
    {%- set columns = tokumei._quoted(policy['columns'] | selectattr('quasi_identifier') | map(attribute='name') | list, 'mart') -%}
    {%- for followed in policy['follows'] -%}
        {%- do columns.extend(tokumei._quoted(followed['quasi_identifiers'], 'followed_' ~ loop.index)) -%}
    {%- endfor -%}
    {{- return(columns) -}}
{%- endmacro %}

{% macro _joined_dataset(policy, scene) -%}
    {%- set joined = [scene['release'] ~ ' as mart'] -%}
    {%- for followed in policy['follows'] -%}
        {%- do joined.append(
            'left join ' ~ scene['follows'][followed['name']] ~ ' as followed_' ~ loop.index ~ ' on mart.'
            ~ tokumei.sql_identifier(policy['token']) ~ ' = followed_' ~ loop.index ~ '.' ~ tokumei.sql_identifier(followed['token'])
        ) -%}
    {%- endfor -%}
    {{- return(joined | join('\n    ')) -}}
{%- endmacro %}
