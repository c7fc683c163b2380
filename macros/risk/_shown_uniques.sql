{#- Who stands alone if everything the mart shows is known, pseudonyms apart, with what followed marts tell. -#}
{% macro _shown_uniques(policy, scene) -%}
{%- set shown = tokumei._quoted(policy['columns'] | rejectattr('pseudonym') | map(attribute='name') | list, 'mart') -%}
{%- set told = tokumei._dataset_columns(policy, scene)[policy['columns'] | selectattr('quasi_identifier') | list | length:] -%}
{%- set alone = 'count(distinct case when class.subjects = 1 then class.who end)' -%}
{%- set subjects = '(select ' ~ tokumei._persons(policy, scene) ~ ' from ' ~ scene['release'] ~ ' as mart)' -%}
with class as {{ tokumei.sql_once() }}(
    select
        {{ tokumei._persons(policy, scene) }} as subjects,
        min({{ tokumei.sql_text('mart.' ~ tokumei.sql_identifier(policy['token'])) }}) as who
    from {{ tokumei._joined_dataset(policy, scene) | indent(4) }}
    {%- if shown + told %}
    group by {{ (shown + told) | join(', ') }}
    {%- endif %}
)

{{ [
    tokumei._measure('mart', 'shown_classes', 'count(*)', 'classes', 'class where class.subjects > 0'),
    tokumei._measure('mart', 'shown_uniques', alone, 'subjects', 'class'),
    tokumei._measure('mart', 'shown_uniques_share', 'cast(' ~ alone ~ ' as ' ~ tokumei.sql_type('double precision') ~ ') / nullif(' ~ subjects ~ ', 0)', 'share', 'class'),
] | join('\nunion all\n') }}
{%- endmacro %}
