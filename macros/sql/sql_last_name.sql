{#- The name of a relation of the private schema, out of its full one as it was logged. -#}
{% macro sql_last_name(relation) -%}
    {{- return(adapter.dispatch('sql_last_name', 'tokumei')(relation)) -}}
{%- endmacro %}

{% macro default__sql_last_name(relation) -%}
    {{- return(relation.split('"')[-2]) -}}
{%- endmacro %}

{% macro spark__sql_last_name(relation) -%}
    {{- return(relation.split('`')[-2]) -}}
{%- endmacro %}

{#- Database, schema and name of a relation as the adapter writes it. -#}
{% macro sql_name_parts(relation) -%}
    {{- return(adapter.dispatch('sql_name_parts', 'tokumei')(relation)) -}}
{%- endmacro %}

{% macro default__sql_name_parts(relation) -%}
    {%- set parts = [] -%}
    {%- for quoted, plain in modules.re.findall('"((?:[^"]|"")*)"|([^".]+)', relation) -%}
        {%- do parts.append(quoted | replace('""', '"') or plain) -%}
    {%- endfor -%}
    {{- return(parts) -}}
{%- endmacro %}

{#- dbt-spark quotes no names, and knows no database. -#}
{% macro spark__sql_name_parts(relation) -%}
    {{- return([none] + relation.split('.')) -}}
{%- endmacro %}
