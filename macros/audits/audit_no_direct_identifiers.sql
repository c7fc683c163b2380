{#- Identifiers of anybody occur nowhere in the mart: strong ones (8 or more normalised characters, or an e-mail address) in
    any column, also inside longer text or encoded, and no digest of any. Weak ones, and those in further disguises, are
    judged by each record against its own subject's, beside permuted pairings. -#}
{% macro audit_no_direct_identifiers(policy, scene) -%}
{%- set identifiers = tokumei._identifier_columns(policy) -%}
{%- set shown = tokumei._readable_columns(policy, scene) -%}
{%- set queries = [] -%}
{%- if shown -%}
    {%- do queries.append(tokumei._strong_identifiers(policy, scene, identifiers)) -%}
    {%- do queries.append(tokumei._digested_identifiers(policy, scene, identifiers)) -%}
{%- endif -%}
{%- if scene['gate'] and (shown or policy['columns'] | selectattr('pseudonym') | list) -%}
    {%- do queries.append(tokumei._own_identifiers(policy, scene, identifiers, shown)) -%}
{%- endif -%}
{%- if not queries -%}
    {{- return(tokumei._nothing_to_find()) -}}
{%- endif -%}
{%- if shown -%}
with {{ tokumei._written_values(scene, shown) }}

{% endif -%}
select
    found.column_name,
    cast(max(found.violations) as bigint) as violations,
    max(found.measured) as measured
from (
    {%- for query in queries %}
    select found_{{ loop.index }}.column_name, found_{{ loop.index }}.violations, found_{{ loop.index }}.measured
    from (
        {{ query | indent(8) }}
    ) as found_{{ loop.index }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
) as found
group by found.column_name
{%- endmacro %}

{#- The subject is one whatever it is classified as. -#}
{% macro _identifier_columns(policy) -%}
    {%- set names = [] -%}
    {%- for name, is in policy['source']['columns'].items() if is in ['direct_identifier', 'identification_code', 'linking_code'] or name == policy['subject'] -%}
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
