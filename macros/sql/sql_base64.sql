{#- A text in UTF-8, as base64 on one line. -#}
{% macro sql_base64(expression) -%}
    {{- return(adapter.dispatch('sql_base64', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro duckdb__sql_base64(expression) -%}
    {{- return('base64(encode(' ~ expression ~ '))') -}}
{%- endmacro %}

{#- PostgreSQL breaks the line after 76 characters. -#}
{% macro postgres__sql_base64(expression) -%}
    {{- return("translate(encode(convert_to(" ~ expression ~ ", 'UTF8'), 'base64'), chr(10), '')") -}}
{%- endmacro %}

{#- A text in UTF-8, as hexadecimal. -#}
{% macro sql_hexadecimal(expression) -%}
    {{- return(adapter.dispatch('sql_hexadecimal', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro duckdb__sql_hexadecimal(expression) -%}
    {{- return('hex(encode(' ~ expression ~ '))') -}}
{%- endmacro %}

{% macro postgres__sql_hexadecimal(expression) -%}
    {{- return("encode(convert_to(" ~ expression ~ ", 'UTF8'), 'hex')") -}}
{%- endmacro %}

{#- The bytes of a hexadecimal text, as base64. -#}
{% macro sql_hexadecimal_to_base64(expression) -%}
    {{- return(adapter.dispatch('sql_hexadecimal_to_base64', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro duckdb__sql_hexadecimal_to_base64(expression) -%}
    {{- return('base64(unhex(' ~ expression ~ '))') -}}
{%- endmacro %}

{% macro postgres__sql_hexadecimal_to_base64(expression) -%}
    {{- return("translate(encode(decode(" ~ expression ~ ", 'hex'), 'base64'), chr(10), '')") -}}
{%- endmacro %}

{#- Spark breaks the line after 76 characters. -#}
{% macro spark__sql_base64(expression) -%}
    {{- return("translate(base64(cast(" ~ expression ~ " as binary)), '\\r\\n', '')") -}}
{%- endmacro %}

{% macro spark__sql_hexadecimal(expression) -%}
    {{- return('lower(hex(cast(' ~ expression ~ ' as binary)))') -}}
{%- endmacro %}

{% macro spark__sql_hexadecimal_to_base64(expression) -%}
    {{- return("translate(base64(unhex(" ~ expression ~ ")), '\\r\\n', '')") -}}
{%- endmacro %}
