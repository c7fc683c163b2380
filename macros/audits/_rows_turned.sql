{#- How many of the sampled rows lie behind one that the order of a release (_row_order) has behind them. -#}
{% macro _rows_turned(policy, scene) -%}
turned as (
    select count(*) as records
    from (
        select lined.declared, lag(lined.declared) over (order by lined.place_in_mart) as declared_before
        from (
            select
                records.place_in_mart,
                rank() over (order by {{ tokumei._declared_order(policy, scene) }}) as declared
            from records
        ) as lined
    ) as pairs
    where pairs.declared < pairs.declared_before
)
{%- endmacro %}

{#- The order that _row_order gives, by the columns as they are named here. -#}
{% macro _declared_order(policy, scene) -%}
    {%- set names = policy['columns'] | map(attribute='name') | list -%}
    {%- set parts = [] -%}
    {%- for name in tokumei._row_order_names(policy, scene['unique']) -%}
        {%- do parts.append('records.shown_' ~ (names.index(name) + 1)) -%}
    {%- endfor -%}
    {{- return(parts | join(', ')) -}}
{%- endmacro %}
