{#- Several values as one text that no other values give: each with its length in front, null apart. -#}
{% macro sql_record_text(columns) -%}
    {%- set parts = [] -%}
    {%- for column in columns -%}
        {%- set text = tokumei.sql_text(column) -%}
        {%- do parts.append("coalesce(" ~ tokumei.sql_text('length(' ~ text ~ ')') ~ " || ':' || " ~ text ~ ", '-')") -%}
    {%- endfor -%}
    {{- return(parts | join(' || ') if parts else "''") -}}
{%- endmacro %}
