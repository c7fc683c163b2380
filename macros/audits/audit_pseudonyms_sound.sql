{#- Every pseudonym is there, has the declared length and alphabet, belongs to one subject, and is not the live release's. -#}
{% macro audit_pseudonyms_sound(policy, scene) -%}
{%- set token = 'mart.' ~ tokumei.sql_identifier(policy['token']) -%}
{%- set malformed = [] -%}
{%- set findings = [tokumei._finding(policy['token'], 'abs(scanned.different - ' ~ scene['facts']['subjects_out'] ~ ') + scanned.missing') ~ ' from scanned'] -%}
{%- for column in policy['columns'] if column['pseudonym'] -%}
    {%- set shown = 'mart.' ~ tokumei.sql_identifier(column['name']) -%}
    {%- set alias = 'malformed_' ~ loop.index -%}
    {%- do malformed.append('sum(case when ' ~ tokumei._malformed(policy, column, shown) ~ ' then 1 else 0 end) as ' ~ alias) -%}
    {%- do findings.append(tokumei._finding(column['name'], 'coalesce(formed.' ~ alias ~ ', 0)') ~ ' from formed') -%}
    {%- if column['from'] == policy['subject'] and column['name'] != policy['token'] -%}
        {%- do findings.append(tokumei._shared_pseudonyms(scene, column['name'], shown, token)) -%}
    {%- endif -%}
    {%- if scene.get('live') -%}
        {%- do findings.append(tokumei._reused_pseudonyms(scene, column['name'], shown, token)) -%}
    {%- endif -%}
{%- endfor -%}
with scanned as {{ tokumei.sql_materialized() }}(
    {{ tokumei.sql_count_in_order(scene['release'], tokumei.sql_identifier(policy['token'])) | indent(4) }}
)
{%- if malformed %},

{#- A scan of its own: beside what reads row after row no engine would share it among workers. #}
formed as {{ tokumei.sql_materialized() }}(
    select
        {{ malformed | join(',\n        ') }}
    from {{ scene['release'] }} as mart
)
{%- endif %}

{{ findings | join('\nunion all\n') }}
{%- endmacro %}

{% macro _malformed(policy, column, shown) -%}
    {%- set arguments = (column['steps'] | first)['arguments'] -%}
    {%- set malformed = tokumei.sql_octet_length(shown) ~ ' <> ' ~ arguments.get('bits', 256) // 4 ~ ' or not (' ~ tokumei.sql_is_hexadecimal(shown) ~ ')' -%}
    {{- return(malformed ~ (' or ' ~ shown ~ ' is null' if column['from'] == policy['subject'] else '')) -}}
{%- endmacro %}

{#- One short pseudonym, or one of a period, that two subjects share. -#}
{% macro _shared_pseudonyms(scene, name, shown, token) -%}
    {{- return(
        tokumei._finding(name, 'count(*)') ~ ' from (select 1 as shared from ' ~ scene['release'] ~ ' as mart group by ' ~ shown
        ~ ' having count(distinct ' ~ token ~ ') > 1) as shared'
    ) -}}
{%- endmacro %}

{#- All pseudonyms of a release are made under one key: a thousand that the live release has not stand for all. -#}
{% macro _reused_pseudonyms(scene, name, shown, token) -%}
    {{- return(
        tokumei._finding(name, 'count(*)') ~ ' from (select ' ~ shown ~ ' as shown from ' ~ scene['release'] ~ ' as mart where '
        ~ shown ~ ' is not null limit 1000) as sample where exists (select 1 from ' ~ scene['live'] ~ ' as live where live.'
        ~ tokumei.sql_identifier(name) ~ ' = sample.shown)'
    ) -}}
{%- endmacro %}
