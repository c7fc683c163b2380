{% macro sql_literal(value) -%}
    {{- return(adapter.dispatch('sql_literal', 'tokumei')(value)) -}}
{%- endmacro %}

{% macro default__sql_literal(value) -%}
    {%- if value is none -%}
        {{- return('null') -}}
    {%- elif value is boolean -%}
        {{- return('true' if value else 'false') -}}
    {%- elif value is number -%}
        {{- return(value | string) -}}
    {%- else -%}
        {{- return("'" ~ (value | string | replace("'", "''")) ~ "'") -}}
    {%- endif -%}
{%- endmacro %}

{#- Spark reads a backslash as the beginning of an escape. -#}
{% macro spark__sql_literal(value) -%}
    {%- if value is string -%}
        {{- return("'" ~ (value | replace('\\', '\\\\') | replace("'", "\\'")) ~ "'") -}}
    {%- endif -%}
    {{- return(tokumei.default__sql_literal(value)) -}}
{%- endmacro %}
