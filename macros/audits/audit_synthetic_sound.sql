{#- Synthetic records copy no real one, show no class that real ones do not, have tokens like any other, and are as many
    subjects as declared. -#}
{% macro audit_synthetic_sound(policy, scene) -%}
{%- if not policy['synthetic_share'] -%}
    {{- return(tokumei._nothing_to_find()) -}}
{%- endif -%}
{%- set token = 'one.' ~ tokumei.sql_identifier(policy['token']) -%}
{%- set shown = policy['columns'] | rejectattr('pseudonym') | map(attribute='name') | list -%}
{%- set classed = policy['columns'] | selectattr('quasi_identifier') | map(attribute='name') | list -%}
{%- set share = 'cast(count(distinct ' ~ token ~ ') as ' ~ tokumei.sql_type('double precision') ~ ') / ' ~ [scene['facts']['subjects_out'], 1] | max -%}
with synthetic as (
    select * from {{ scene['released'] }} as every_record where every_record.tokumei_synthetic
)

{{ tokumei._synthetic_found(scene, 'copies', shown, 'exists') }}
union all
{{ tokumei._synthetic_found(scene, 'classes', classed, 'not exists') }}
union all
{{ tokumei._finding('tokens', 'count(*)') }} from synthetic as one
where length({{ token }}) <> 64 or not ({{ tokumei.sql_is_hexadecimal(token) }})
union all
{{ tokumei._synthetic_found(scene, 'tokens', [policy['token']], 'exists') }}
union all
{{ tokumei._finding('share', 'abs(count(distinct ' ~ token ~ ') - ' ~ tokumei.synthetic_wanted(policy, scene['facts']) ~ ')', share) }} from synthetic as one
{%- endmacro %}

{#- By an "exists" that stands alone: behind "in" or "or", PostgreSQL looks through all real records for each row. -#}
{% macro _synthetic_found(scene, name, columns, found) -%}
    {%- set content = 'md5(' ~ tokumei.sql_record_text(tokumei._quoted(columns, 'one')) ~ ')' -%}
    {%- set real = 'md5(' ~ tokumei.sql_record_text(tokumei._quoted(columns, 'mart')) ~ ')' -%}
    {{- return(
        tokumei._finding(name, 'count(*)') ~ ' from synthetic as one where ' ~ found
        ~ ' (select 1 from ' ~ scene['release'] ~ ' as mart where ' ~ real ~ ' = ' ~ content ~ ')'
    ) -}}
{%- endmacro %}
