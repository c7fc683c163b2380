{#- Digests of a text in UTF-8 as an engine has them built in, each as lower-case hexadecimal text. -#}
{% macro sql_digests(expression) -%}
    {{- return(adapter.dispatch('sql_digests', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro duckdb__sql_digests(expression) -%}
    {{- return(['md5(' ~ expression ~ ')', tokumei.sql_sha256(expression), 'sha1(' ~ expression ~ ')']) -}}
{%- endmacro %}

{#- SHA-1 is in the extension pgcrypto alone. -#}
{% macro postgres__sql_digests(expression) -%}
    {{- return([
        'md5(' ~ expression ~ ')', tokumei.sql_sha256(expression), "encode(sha512(convert_to(" ~ expression ~ ", 'UTF8')), 'hex')",
    ]) -}}
{%- endmacro %}

{% macro spark__sql_digests(expression) -%}
    {{- return([
        'md5(cast(' ~ expression ~ ' as binary))', tokumei.sql_sha256(expression), 'sha1(cast(' ~ expression ~ ' as binary))',
        'sha2(cast(' ~ expression ~ ' as binary), 512)',
    ]) -}}
{%- endmacro %}
