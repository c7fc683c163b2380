{#- Each column's distinct values as they are written, and in one form: normalised, and what base64 and hexadecimal in them
    stand for. Materialized, because engines push filters below a distinct, and normalise millions of values instead of
    hundreds. -#}
{% macro _written_values(scene, shown) -%}
written as {{ tokumei.sql_materialized() }}(
    {%- for name in shown %}
    select
        cast({{ tokumei.sql_literal(name) }} as {{ tokumei.sql_type('text') }}) as column_name,
        {{ tokumei._value_written(scene, name, 'one.value') }} as value
    from {{ tokumei.distinct_values(scene, name) }} as one
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)
{%- endmacro %}

{% macro _value_written(scene, name, value) -%}
    {{- return(tokumei.sql_number_text(value) if scene['types'].get(name) == 'number' else tokumei.sql_text(value)) -}}
{%- endmacro %}

{% macro _published_values() -%}
published as {{ tokumei.sql_materialized() }}(
    select written.column_name, {{ tokumei.sql_normalise('written.value') }} as value
    from written
    union all
    select told.column_name, {{ tokumei.sql_normalise('told.value') }} as value
    from (
        {%- for encoding, pattern in [['base64', '[0-9A-Za-z+/_-]{11,}'], ['hex', '([0-9A-Fa-f]{2}){8,}']] %}
        select run.column_name, {{ tokumei.sql_decoded('run.value', encoding) }} as value
        from (
            select written.column_name, {{ tokumei.sql_first_match('written.value', pattern) }} as value
            from written
            where {{ tokumei.sql_matches('written.value', pattern) }}
        ) as run
        {%- if not loop.last %}
        union all
        {%- endif %}
        {%- endfor %}
    ) as told
    where told.value is not null
)
{%- endmacro %}
