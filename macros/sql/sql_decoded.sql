{#- The text that a run of base64 (padded or not, also the alphabet of addresses) or of hexadecimal digits stands for; null
    where it stands for none. -#}
{% macro sql_decoded(run, encoding) -%}
    {{- return(adapter.dispatch('sql_decoded', 'tokumei')(run, encoding)) -}}
{%- endmacro %}

{% macro duckdb__sql_decoded(run, encoding) -%}
    {{- return('try(decode(' ~ ('unhex(' ~ run ~ ')' if encoding == 'hex' else 'from_base64(' ~ tokumei._padded_base64(run) ~ ')') ~ '))') -}}
{%- endmacro %}

{#- Nothing may fail, since PostgreSQL would quote the bytes: their hexadecimal form tells whether they are a text. -#}
{% macro postgres__sql_decoded(run, encoding) -%}
    {%- set bytes = 'decode(' ~ (run if encoding == 'hex' else tokumei._padded_base64(run)) ~ ", '" ~ encoding ~ "')" -%}
    {%- set more = '[89ab][0-9a-f]' -%}
    {%- set utf8 = [
        '0[1-9a-f]', '[1-7][0-9a-f]', '(c[2-9a-f]|d[0-9a-f])' ~ more, 'e0[ab][0-9a-f]' ~ more, 'ed[89][0-9a-f]' ~ more,
        'e[1-9a-cef]' ~ more ~ more, 'f0[9ab][0-9a-f]' ~ more ~ more, 'f[1-3]' ~ more ~ more ~ more, 'f48[0-9a-f]' ~ more ~ more,
    ] -%}
    {{- return(
        'case when length(' ~ run ~ ') % ' ~ ('2 = 0' if encoding == 'hex' else '4 <> 1') ~ ' then case when encode(' ~ bytes
        ~ ", 'hex') ~ '^(" ~ utf8 | join('|') ~ ")+$' then convert_from(" ~ bytes ~ ", 'UTF8') end end"
    ) -}}
{%- endmacro %}

{% macro _padded_base64(run) -%}
    {{- return("translate(" ~ run ~ ", '-_', '+/') || substr('===', 1, cast((4 - length(" ~ run ~ ") % 4) % 4 as integer))") -}}
{%- endmacro %}

{#- The first place where a pattern matches; null or empty where none does. -#}
{% macro sql_first_match(expression, pattern) -%}
    {{- return(adapter.dispatch('sql_first_match', 'tokumei')(expression, pattern)) -}}
{%- endmacro %}

{% macro duckdb__sql_first_match(expression, pattern) -%}
    {{- return('regexp_extract(' ~ expression ~ ', ' ~ tokumei.sql_literal(pattern) ~ ')') -}}
{%- endmacro %}

{% macro postgres__sql_first_match(expression, pattern) -%}
    {{- return('regexp_substr(' ~ expression ~ ', ' ~ tokumei.sql_literal(pattern) ~ ')') -}}
{%- endmacro %}

{% macro spark__sql_decoded(run, encoding) -%}
    {%- set bytes = "try_to_binary(" ~ (run if encoding == 'hex' else tokumei._padded_base64(run)) ~ ", '" ~ encoding ~ "')" -%}
    {{- return('case when length(' ~ run ~ ') % ' ~ ('2 = 0' if encoding == 'hex' else '4 <> 1') ~ ' then try_validate_utf8(cast(' ~ bytes ~ ' as string)) end') -}}
{%- endmacro %}

{% macro spark__sql_first_match(expression, pattern) -%}
    {{- return('regexp_extract(' ~ expression ~ ', ' ~ tokumei.sql_literal(tokumei._java_pattern(pattern)) ~ ', 0)') -}}
{%- endmacro %}
