{#- The tables and views of a schema. -#}
{% macro sql_relations_of(schema) -%}
    {{- return(adapter.dispatch('sql_relations_of', 'tokumei')(schema)) -}}
{%- endmacro %}

{% macro default__sql_relations_of(schema) -%}
    {%- set relations = [] -%}
    {%- for row in dbt.list_relations_without_caching(api.Relation.create(database=target.database | default(none), schema=schema)).rows -%}
        {%- do relations.append(api.Relation.create(database=row[0], schema=row[2], identifier=row[1])) -%}
    {%- endfor -%}
    {{- return(relations) -}}
{%- endmacro %}

{#- A database of Spark's is a schema, and dbt's own list there has other columns. -#}
{% macro spark__sql_relations_of(schema) -%}
    {%- set relations = [] -%}
    {%- for name in tokumei._spark_tables('*', schema) -%}
        {%- do relations.append(api.Relation.create(schema=schema, identifier=name)) -%}
    {%- endfor -%}
    {{- return(relations) -}}
{%- endmacro %}
