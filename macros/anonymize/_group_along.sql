{#- Where a record lies: its value, or the product of its values and the direction. -#}
{% macro _group_along(members) -%}
    {%- if members | length == 1 -%}
        {{- return('open_group.x_1') -}}
    {%- endif -%}
    {%- set terms = [] -%}
    {%- for member in members -%}{%- do terms.append('open_group.z_' ~ loop.index ~ ' * direction.v_' ~ loop.index) -%}{%- endfor -%}
    {{- return(terms | join(' + ')) -}}
{%- endmacro %}

{% macro _prefixed(alias, names) -%}
    {%- set prefixed = [] -%}
    {%- for name in names -%}{%- do prefixed.append(alias ~ '.' ~ name) -%}{%- endfor -%}
    {{- return(prefixed) -}}
{%- endmacro %}
