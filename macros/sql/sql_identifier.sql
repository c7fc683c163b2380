{#- Quoted through SQL's own rule, because an adapter's quote() leaves an embedded quote as it is. -#}
{% macro sql_identifier(name) -%}
    {{- return(adapter.dispatch('sql_identifier', 'tokumei')(name | string)) -}}
{%- endmacro %}

{% macro default__sql_identifier(name) -%}
    {{- return('"' ~ (name | replace('"', '""')) ~ '"') -}}
{%- endmacro %}

{#- PostgreSQL cuts a name after 63 bytes, and takes two for one that differ behind them. -#}
{% macro postgres__sql_identifier(name) -%}
    {{- return(tokumei.default__sql_identifier(name if tokumei.sql_name_fits(name) else name.encode('utf-8')[:46].decode('utf-8', 'ignore') ~ '_' ~ local_md5(name)[:16])) -}}
{%- endmacro %}

{% macro spark__sql_identifier(name) -%}
    {{- return('`' ~ (name | replace('`', '``')) ~ '`') -}}
{%- endmacro %}
