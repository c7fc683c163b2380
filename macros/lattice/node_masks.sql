{#- The masks of a node, one a word. -#}
{% macro node_masks(lattice, rungs) -%}
    {%- set masks = [] -%}
    {%- for word in range(lattice['words']) -%}
        {%- set parts = [] -%}
        {%- for ladder in lattice['ladders'] -%}
            {%- do parts.append(ladder['rungs'][rungs[loop.index0]]['masks'][word]) -%}
        {%- endfor -%}
        {%- do masks.append(parts | sum) -%}
    {%- endfor -%}
    {{- return(masks) -}}
{%- endmacro %}
