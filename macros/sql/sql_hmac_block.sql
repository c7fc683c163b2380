{#- A key padded to HMAC's 64 bytes, every byte xor-ed with the pad: '36' for the inner block, '5c' for the outer.
    A key longer than 64 bytes is replaced by its digest, as RFC 2104 says. -#}
{% macro sql_hmac_block(secret, pad) -%}
    {{- return(adapter.dispatch('sql_hmac_block', 'tokumei')(secret, pad)) -}}
{%- endmacro %}

{% macro duckdb__sql_hmac_block(secret, pad) -%}
    {%- set short = 'case when octet_length(' ~ secret ~ ') > 64 then unhex(sha256(' ~ secret ~ ')) else ' ~ secret ~ ' end' -%}
    {{- return(
        "cast(xor(cast(unhex(rpad(hex(" ~ short ~ "), 128, '0')) as bit), cast(unhex(repeat('" ~ pad
        ~ "', 64)) as bit)) as blob)"
    ) -}}
{%- endmacro %}

{#- bytea has no xor of its own: byte by byte, once a release. -#}
{% macro postgres__sql_hmac_block(secret, pad) -%}
    {%- set short = 'case when length(' ~ secret ~ ') > 64 then sha256(' ~ secret ~ ') else ' ~ secret ~ ' end' -%}
    {{- return(
        "(select decode(string_agg(lpad(to_hex(get_byte(padded.block, place.byte) # "
        ~ ('54' if pad == '36' else '92')
        ~ "), 2, '0'), '' order by place.byte), 'hex') from (select decode(rpad(encode(" ~ short
        ~ ", 'hex'), 128, '0'), 'hex') as block) as padded cross join generate_series(0, 63) as place (byte))"
    ) -}}
{%- endmacro %}

{#- Byte by byte, once a release. -#}
{% macro spark__sql_hmac_block(secret, pad) -%}
    {%- set short = 'case when length(' ~ secret ~ ') > 64 then unhex(sha2(' ~ secret ~ ', 256)) else ' ~ secret ~ ' end' -%}
    {{- return(
        "unhex(array_join(transform(sequence(1, 127, 2), place -> lpad(hex(cast(conv(substr(rpad(hex(" ~ short
        ~ "), 128, '0'), place, 2), 16, 10) as bigint) ^ " ~ ('54' if pad == '36' else '92') ~ "), 2, '0')), ''))"
    ) -}}
{%- endmacro %}
