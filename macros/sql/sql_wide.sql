{#- A whole number of up to 38 digits: products of whole numbers that would not fit into a bigint. -#}
{% macro sql_wide(expression) -%}
    {{- return(adapter.dispatch('sql_wide', 'tokumei')(expression)) -}}
{%- endmacro %}

{% macro default__sql_wide(expression) -%}
    {{- return('cast(' ~ expression ~ ' as decimal(38, 0))') -}}
{%- endmacro %}

{#- A product of decimals would be a decimal of more digits than there are. -#}
{% macro duckdb__sql_wide(expression) -%}
    {{- return('cast(' ~ expression ~ ' as hugeint)') -}}
{%- endmacro %}

{#- Not bound to 38 digits. -#}
{% macro postgres__sql_wide(expression) -%}
    {{- return('cast(' ~ expression ~ ' as numeric)') -}}
{%- endmacro %}
