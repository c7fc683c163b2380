{#- Distinct values as a person reads them, and how many of each column have the form of a kind and pass its validator.
    `values` is a query of column_name, value (text) and the rest; the query returned has a row for each column. -#}
{% macro stage_readings(kinds, shown) -%}
{%- set value = {'written': 'readable.written', 'digits': 'readable.digits', 'luhn': 'readable.luhn'} -%}
with written as (
    select
        shown.column_name,
        {{ tokumei.written_form('shown.value') }} as written
    from ({{ shown }}) as shown
),

numbered as {{ tokumei.sql_once() }}(
    select
        written.column_name,
        written.written,
        {{ tokumei.digits_of('written.written') }} as digits
    from written
),

readable as {{ tokumei.sql_once() }}(
    select
        numbered.column_name,
        numbered.written,
        numbered.digits,
        case
            when length(numbered.digits) in (6, 8) or length(numbered.digits) between 13 and 19
                then {{ tokumei._luhn('numbered.digits') }}
        end as luhn
    from numbered
)

select
    readable.column_name,
    cast(count(*) as bigint) as values_read
    {%- for kind in kinds %}
    {%- set reading = tokumei['reads_as_' ~ kind](value) %},
    cast(sum(case when {{ reading['form'] }} then 1 else 0 end) as bigint) as {{ kind }}_form,
    cast(sum(case when {{ reading['form'] }} then case when {{ reading['passes'] }} then 1 else 0 end else 0 end) as bigint) as {{ kind }}
    {%- endfor %}
from readable
group by readable.column_name
{%- endmacro %}

{#- Width, case and kana do not count, nor blanks on either side, nor line breaks. Most values need no more than lower(). -#}
{% macro written_form(expression) -%}
    {%- set folded = tokumei.sql_trim(tokumei.sql_one_line(tokumei.sql_fold(expression))) -%}
    {{- return(
        'case when ' ~ tokumei.sql_matches(expression, '[^ -~一-鿿ァ-ヺー]|^ | $') ~ ' then ' ~ folded ~ ' else lower(' ~ expression ~ ') end'
    ) -}}
{%- endmacro %}

{#- The digits of a text of digits, blanks, hyphens and brackets; null for any other. +81 is the leading 0. -#}
{% macro digits_of(written) -%}
    {%- set hyphens = '‐‑‒–—―−ー-' -%}
    {{- return(
        'case when ' ~ tokumei.sql_matches(written, '^[+(]?[0-9][0-9() ' ~ hyphens ~ ']*$') ~ ' then translate('
        ~ tokumei.sql_replaced('translate(' ~ written ~ ", '() " ~ hyphens ~ "', '')", '^[+]810?', '0') ~ ", '+', '') end"
    ) -}}
{%- endmacro %}
