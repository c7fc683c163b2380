{#- A mart of this name in another schema that still stands, with releases in the same private schema: two targets share
    it, and would number, drop and take back each other's releases. None if there is no such mart. -#}
{% macro mart_elsewhere(policy) -%}
    {%- set rows = run_query(
        'select distinct standing.mart_relation from ' ~ tokumei.standing_releases() ~ ' as standing where standing.mart = '
        ~ tokumei.sql_literal(policy['mart'])
    ).rows -%}
    {%- for row in rows -%}
        {%- set parts = tokumei.sql_name_parts(row[0]) -%}
        {%- if parts != [this.database, this.schema, this.identifier] and parts | length == 3 -%}
            {%- if adapter.get_relation(database=parts[0], schema=parts[1], identifier=parts[2]) is not none -%}
                {{- return(row[0]) -}}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(none) -}}
{%- endmacro %}
