{#- Strong identifiers (8 or more normalised characters, or an e-mail address) of anybody occur nowhere in the mart, also
    inside longer text. Weak ones are judged by each record against its own subject's, beside permuted pairings. -#}
{% macro audit_no_direct_identifiers(policy, scene) -%}
{%- set identifiers = tokumei._identifier_columns(policy) -%}
{%- set shown = tokumei._readable_columns(policy, scene) -%}
{%- if not identifiers or not shown -%}
    {{- return(tokumei._nothing_to_find()) -}}
{%- endif -%}
select strong.column_name, strong.violations, strong.measured
from (
    {{ tokumei._strong_identifiers(policy, scene, identifiers, shown) | indent(4) }}
) as strong
{%- if scene['gate'] %}
union all
select weak.column_name, weak.violations, weak.measured
from (
    {{ tokumei._weak_identifiers(policy, scene, identifiers, shown) | indent(4) }}
) as weak
{%- endif -%}
{%- endmacro %}

{% macro _identifier_columns(policy) -%}
    {%- set names = [] -%}
    {%- for name, is in policy['source']['columns'].items() if is in ['direct_identifier', 'identification_code', 'linking_code'] -%}
        {%- do names.append(name) -%}
    {%- endfor -%}
    {{- return(names) -}}
{%- endmacro %}

{#- Columns of the mart an identifier could stand in: pseudonyms are checked elsewhere, dates hold none. -#}
{% macro _readable_columns(policy, scene) -%}
    {%- set names = [] -%}
    {%- for column in policy['columns'] if not column['pseudonym'] and scene['types'].get(column['name']) not in ['date', 'timestamp'] -%}
        {%- do names.append(column['name']) -%}
    {%- endfor -%}
    {{- return(names) -}}
{%- endmacro %}

{#- Six characters that stand in a published value and begin an identifier lead to the pairs worth comparing in full. -#}
{% macro _strong_identifiers(policy, scene, identifiers, shown) -%}
with published as (
    {%- for name in shown %}
    select
        cast({{ tokumei.sql_literal(name) }} as text) as column_name,
        {{ tokumei.sql_normalise('one.value') }} as value
    from (select distinct mart.{{ tokumei.sql_identifier(name) }} as value from {{ scene['release'] }} as mart) as one
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

grams as (
    select distinct placed.column_name, placed.value, substr(placed.value, placed.place, 6) as gram
    from (
        select published.column_name, published.value, {{ tokumei.sql_series('length(published.value) - 5') }} as place
        from published
        where length(published.value) >= 6
    ) as placed
),

identifiers as (
    {%- for name in identifiers %}
    select {{ tokumei.sql_normalise('origin.' ~ tokumei.sql_identifier(name)) }} as value from {{ scene['origin'] }} as origin
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select
    grams.column_name,
    cast(count(distinct identifiers.value) as bigint) as violations,
    cast(null as double precision) as measured
from identifiers
inner join grams on substr(identifiers.value, 1, 6) = grams.gram
where
    (length(identifiers.value) >= 8 or identifiers.value like '%@%')
    and strpos(grams.value, identifiers.value) > 0
group by grams.column_name
{%- endmacro %}
