{#- What was just made in the private schema is the building role's alone, whatever default privileges gave away. -#}
{% macro sql_keep_private(relation) -%}
    {{- return(adapter.dispatch('sql_keep_private', 'tokumei')(relation)) -}}
{%- endmacro %}

{#- DuckDB has no roles: who has the file has all of it. -#}
{% macro default__sql_keep_private(relation) -%}
{%- endmacro %}

{#- In the transaction that made it: nobody else has seen it yet. -#}
{% macro postgres__sql_keep_private(relation) -%}
    {%- do run_query(tokumei.sql_grant_statements(relation, {})[0]) -%}
{%- endmacro %}
