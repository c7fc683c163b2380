{#- HMAC-SHA-256 under the release's key, as hexadecimal text. The message is a list of parts, each with its length in
    front (a netstring), so that no two lists read the same: purpose, scope, column, value and, with `per`, the period. -#}
{% macro step_pseudonymize(value, arguments, scene) -%}
    {%- set parts = [tokumei._canonical_text(value)] -%}
    {%- if arguments.get('per') -%}
        {%- set moment = tokumei._source_value(scene['policy'], arguments['of'], 'date') -%}
        {%- do parts.append(tokumei.sql_text(tokumei.sql_date_floor(arguments['per'], tokumei._as_date(moment)))) -%}
    {%- endif -%}
    {%- set domain = 'subject' if scene['from'] == scene['policy']['subject'] else scene['from'] -%}
    {%- set hmac = tokumei.keyed_hash(scene['policy'], 'pseudonym', [domain], parts) -%}
    {%- if arguments.get('bits', 256) == 128 -%}
        {%- set hmac = 'substr(' ~ hmac ~ ', 1, 32)' -%}
    {%- endif -%}
    {{- return(tokumei._value(hmac, 'text')) -}}
{%- endmacro %}

{#- An id that an engine read as a floating-point number is written 17850.0 there and 17850 elsewhere: one person. -#}
{% macro _canonical_text(value) -%}
    {%- if value.type in ['integer', 'text', 'date', 'timestamp'] -%}
        {{- return(tokumei.sql_text(value.sql)) -}}
    {%- elif value.type == 'number' -%}
        {{- return(tokumei.sql_number_text(value.sql)) -}}
    {%- endif -%}
    {{- return(tokumei.sql_replaced(tokumei.sql_text(value.sql), '^(-?[0-9]+)\\.0+$', '\\1')) -}}
{%- endmacro %}
