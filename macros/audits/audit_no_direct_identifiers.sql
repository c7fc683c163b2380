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
