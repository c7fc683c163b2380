{#- The real records, numbered: by all, and within their class. -#}
{% macro stage_synthetic_numbered(policy, candidate) -%}
{%- set token = tokumei.sql_identifier(policy['token']) -%}
{%- set shown = policy['columns'] | rejectattr('pseudonym') | map(attribute='name') | list -%}
{%- set classed = policy['columns'] | selectattr('quasi_identifier') | map(attribute='name') | list -%}
{%- set order = [tokumei.sql_text_order('mart.' ~ token)] -%}
{%- for name in shown -%}{%- do order.append(tokumei.sql_text_order('mart.' ~ tokumei.sql_identifier(name)) ~ ' nulls last') -%}{%- endfor -%}
with classed as (
    select
        {{ tokumei._lines(tokumei._quoted(shown, 'mart') + [
            'mart.' ~ token ~ ' as tokumei_real',
            'md5(' ~ tokumei.sql_record_text(tokumei._quoted(shown, 'mart')) ~ ') as tokumei_content',
            'md5(' ~ tokumei.sql_record_text(tokumei._quoted(classed, 'mart')) ~ ') as tokumei_class',
            'row_number() over (order by ' ~ order | join(', ') ~ ') as tokumei_place',
        ]) }}
    from {{ candidate }} as mart
)

select
    classed.*,
    row_number() over (partition by classed.tokumei_class order by classed.tokumei_place) as tokumei_class_place,
    count(*) over (partition by classed.tokumei_class) as tokumei_class_size
from classed
{%- endmacro %}
