{#- IPv4 of four numbers up to 255, IPv6 of eight groups or fewer around one ::, both with a prefix length or without. -#}
{% macro reads_as_ip_address(value) -%}
    {%- set byte = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])' -%}
    {%- set four = byte ~ '([.]' ~ byte ~ '){3}' -%}
    {%- set group = '[0-9a-f]{1,4}' -%}
    {%- set groups = group ~ '(:' ~ group ~ ')*' -%}
    {%- set length = '(/[0-9]{1,3})?$' -%}
    {%- set colons = '(length(' ~ value.written ~ ') - length(replace(' ~ value.written ~ ", ':', '')))" -%}
    {%- set outer = "case when " ~ value.written ~ " like '::%' or " ~ value.written ~ " like '%::' then 1 else 0 end" -%}
    {{- return({
        'form': '(' ~ colons ~ ' >= 2 or ' ~ tokumei.sql_strpos(value.written, "'.'") ~ ' > 1 and ' ~ tokumei.sql_matches(value.written, '^[0-9.]+' ~ length) ~ ')',
        'passes': '(' ~ tokumei.sql_matches(value.written, '^' ~ four ~ length)
            ~ ' or ' ~ tokumei.sql_matches(value.written, '^(' ~ group ~ ':){7}' ~ group ~ length)
            ~ ' or ' ~ tokumei.sql_matches(value.written, '^(' ~ groups ~ ')?::(' ~ groups ~ ')?' ~ length) ~ ' and ' ~ colons ~ ' - ' ~ outer ~ ' <= 7'
            ~ ' or ' ~ tokumei.sql_matches(value.written, '^(' ~ groups ~ ')?::(' ~ group ~ ':)*' ~ four ~ length) ~ ')',
    }) -}}
{%- endmacro %}
