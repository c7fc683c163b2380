{#- Every pseudonym is there, has the declared length and alphabet, belongs to one subject, and is not the live release's. -#}
{% macro audit_pseudonyms_sound(policy, scene) -%}
{%- set findings = [] -%}
{%- set token = 'mart.' ~ tokumei.sql_identifier(policy['token']) -%}
{%- do findings.append(
    tokumei._finding(policy['token'], 'abs(count(distinct ' ~ token ~ ') - ' ~ scene['facts']['subjects_out'] ~ ') + count(*) - count(' ~ token ~ ')')
    ~ ' from ' ~ scene['release'] ~ ' as mart'
) -%}
{%- for column in policy['columns'] if column['pseudonym'] -%}
    {%- set shown = 'mart.' ~ tokumei.sql_identifier(column['name']) -%}
    {%- set arguments = (column['steps'] | first)['arguments'] -%}
    {%- set malformed = 'length(' ~ shown ~ ') <> ' ~ arguments.get('bits', 256) // 4 ~ " or translate(" ~ shown ~ ", '0123456789abcdef', '') <> ''" -%}
    {%- set missing = shown ~ ' is null' if column['from'] == policy['subject'] else 'false' -%}
    {%- do findings.append(
        tokumei._finding(column['name'], "sum(case when " ~ malformed ~ ' or ' ~ missing ~ ' then 1 else 0 end)')
        ~ ' from ' ~ scene['release'] ~ ' as mart'
    ) -%}
    {%- if column['from'] == policy['subject'] and column['name'] != policy['token'] -%}
        {%- do findings.append(
            tokumei._finding(column['name'], 'count(*)') ~ ' from (select 1 as shared from ' ~ scene['release']
            ~ ' as mart group by ' ~ shown ~ ' having count(distinct ' ~ token ~ ') > 1) as shared'
        ) -%}
    {%- endif -%}
    {%- if scene.get('live') -%}
        {%- do findings.append(
            tokumei._finding(column['name'], 'count(*)') ~ ' from (select ' ~ shown ~ ' as shown from ' ~ scene['release']
            ~ ' as mart order by ' ~ token ~ ' limit 1000) as sample where exists (select 1 from ' ~ scene['live']
            ~ ' as live where live.' ~ tokumei.sql_identifier(column['name']) ~ ' = sample.shown)'
        ) -%}
    {%- endif -%}
{%- endfor -%}
{%- set summed = [] -%}
{%- for finding in findings -%}
    {%- do summed.append('select column_name, coalesce(violations, 0) as violations, measured from (' ~ finding ~ ') as finding') -%}
{%- endfor -%}
{{ summed | join('\nunion all\n') }}
{%- endmacro %}
