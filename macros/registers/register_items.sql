{#- The items of a register's cell: they are separated by semicolons, half- or full-width. -#}
{% macro register_items(text) -%}
    {%- set items = [] -%}
    {%- for item in (text or '').replace('；', ';').split(';') if item.strip() -%}
        {%- do items.append(item.strip()) -%}
    {%- endfor -%}
    {{- return(items) -}}
{%- endmacro %}
