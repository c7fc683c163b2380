{#- "table"."column" for each name. -#}
{% macro _quoted(names, table=none) -%}
    {%- set quoted = [] -%}
    {%- for name in names -%}
        {%- do quoted.append((table ~ '.' if table else '') ~ tokumei.sql_identifier(name)) -%}
    {%- endfor -%}
    {{- return(quoted) -}}
{%- endmacro %}

{#- One item a line. -#}
{% macro _lines(items, indent=4, separator=',') -%}
    {{- return(items | join(separator ~ '\n' ~ ' ' * indent)) -}}
{%- endmacro %}

{#- A relation under a name; a stage already has its own. -#}
{% macro _as(relation, name) -%}
    {{- return(relation if relation == name else relation ~ ' as ' ~ name) -}}
{%- endmacro %}
