{#- A text without the zeros in front of it. -#}
{% macro sql_without_zeros(expression) -%}
    {{- return(adapter.dispatch('sql_without_zeros', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro default__sql_without_zeros(expression) -%}
    {{- return('ltrim(' ~ expression ~ ", '0')") -}}
{%- endmacro %}

{#- Spark's ltrim() takes its arguments the other way round. -#}
{% macro spark__sql_without_zeros(expression) -%}
    {{- return("trim(leading '0' from " ~ expression ~ ')') -}}
{%- endmacro %}

{#- A text without a sign that it ends with, however often. -#}
{% macro sql_without_end(expression, sign) -%}
    {{- return(adapter.dispatch('sql_without_end', 'tokumei')(expression, sign)) -}}
{%- endmacro %}

{% macro default__sql_without_end(expression, sign) -%}
    {{- return('rtrim(' ~ expression ~ ', ' ~ tokumei.sql_literal(sign) ~ ')') -}}
{%- endmacro %}

{% macro spark__sql_without_end(expression, sign) -%}
    {{- return('trim(trailing ' ~ tokumei.sql_literal(sign) ~ ' from ' ~ expression ~ ')') -}}
{%- endmacro %}
