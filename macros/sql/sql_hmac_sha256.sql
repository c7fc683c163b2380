{#- HMAC-SHA-256 (RFC 2104) as lower-case hexadecimal text, from the engine's own sha256 and the two padded key blocks. -#}
{% macro sql_hmac_sha256(message, inner_block, outer_block) -%}
    {{- return(adapter.dispatch('sql_hmac_sha256', 'tokumei')(message, inner_block, outer_block)) -}}
{%- endmacro %}

{#- sha256() gives hexadecimal text on DuckDB, so the inner digest is turned back into bytes. -#}
{% macro duckdb__sql_hmac_sha256(message, inner_block, outer_block) -%}
    {{- return(
        'sha256(' ~ outer_block ~ ' || unhex(sha256(' ~ inner_block ~ ' || encode(' ~ message ~ '))))'
    ) -}}
{%- endmacro %}

{% macro postgres__sql_hmac_sha256(message, inner_block, outer_block) -%}
    {{- return(
        'encode(sha256(' ~ outer_block ~ ' || sha256(' ~ inner_block ~ " || convert_to(" ~ message
        ~ ", 'UTF8'))), 'hex')"
    ) -}}
{%- endmacro %}

{% macro spark__sql_hmac_sha256(message, inner_block, outer_block) -%}
    {{- return(
        'sha2(concat(' ~ outer_block ~ ', unhex(sha2(concat(' ~ inner_block ~ ', cast(' ~ message ~ ' as binary)), 256))), 256)'
    ) -}}
{%- endmacro %}
