{#- Does a published value hold a digest (MD5, SHA) that anybody can recompute from an identifier? Digests are reckoned only if
    something looks like one, of the identifiers of about 20,000 subjects, each as it is written and in simpler forms. 16
    characters of a digest are compared: no accident, and nobody need know where it begins or is cut. -#}
{% macro _digested_identifiers(policy, scene, identifiers) -%}
{%- set subject = 'origin.' ~ tokumei.sql_identifier(policy['subject']) -%}
{%- set buckets = tokumei._buckets(scene, 20000) -%}
with runs as {{ tokumei.sql_materialized() }}(
    select written.column_name, {{ tokumei.sql_normalise('written.value') }} as value
    from written
    where {{ tokumei.sql_matches('written.value', '[0-9A-Fa-f]{16,}|[0-9A-Za-z+/_-]{21,}') }}
),

digest_like as {{ tokumei.sql_materialized() }}(
    select distinct placed.column_name, substr(placed.value, placed.place, 16) as part
    from (
        select runs.column_name, runs.value, {{ tokumei.sql_series('length(runs.value) - 15') }} as place
        from runs
        where length(runs.value) >= 16
    ) as placed
),

inputs as (
    {%- call(raw, number) tokumei._each_identifier(identifiers, 'union') %}
    select distinct written.value
    from (
        select {{ raw }} as value
        from {{ scene['origin'] }} as origin
        where exists (select 1 from digest_like)
        {%- if buckets < 10000 %}
            and {{ tokumei.sql_bucket(subject) }} < {{ buckets }}
        {%- endif %}
    ) as written
    {%- endcall %}
),

forms as {{ tokumei.sql_materialized() }}(
    {%- for form in tokumei._simpler_forms('inputs.value') %}
    select {{ form }} as value from inputs
    {%- if not loop.last %}
    union
    {%- endif %}
    {%- endfor %}
),

digests as {{ tokumei.sql_materialized() }}(
    {%- for digest in tokumei.sql_digests('forms.value') %}
    select {{ digest }} as value from forms where forms.value <> ''
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

parts as (
    select substr({{ tokumei.sql_without_zeros('digests.value') }}, 1, 16) as part from digests
    union all
    select substr({{ tokumei._normalised_base64(tokumei.sql_hexadecimal_to_base64('digests.value')) }}, 1, 16) as part from digests
)

select
    digest_like.column_name,
    cast(count(distinct digest_like.part) as bigint) as violations,
    cast(null as {{ tokumei.sql_type('double precision') }}) as measured
from digest_like
inner join parts on digest_like.part = parts.part
group by digest_like.column_name
{%- endmacro %}

{#- What somebody is likely to hash or encode of an identifier. -#}
{% macro _simpler_forms(text) -%}
    {{- return([text, 'lower(' ~ text ~ ')', "translate(" ~ text ~ ", ' 　-', '')", tokumei.sql_normalise(text)]) -}}
{%- endmacro %}

{#- As sql_normalise would leave it. -#}
{% macro _normalised_base64(text) -%}
    {{- return(tokumei.sql_without_zeros('lower(translate(' ~ text ~ ", '+/=', ''))")) -}}
{%- endmacro %}

{#- How many of 10,000 buckets of subjects make about `wanted` subjects. -#}
{% macro _buckets(scene, wanted) -%}
    {{- return([10000, (10000 * wanted / [scene['facts']['subjects_in'], 1] | max) | round(0, 'ceil') | int] | min) -}}
{%- endmacro %}
