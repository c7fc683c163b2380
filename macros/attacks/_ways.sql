{#- The ways to take `known` of the places 1 to `last`, in lexicographic order, at most `most` of them. Each prefix kept can be
    completed, so the first prefixes give the first ways. -#}
{% macro _ways(last, known, most=none) -%}
    {%- set state = namespace(ways=[[]]) -%}
    {%- for taken in range(1, known + 1) -%}
        {%- set longer = [] -%}
        {%- for way in state.ways if most is none or longer | length < most -%}
            {%- for place in range((way | last if way else 0) + 1, last - known + taken + 1) -%}
                {%- do longer.append(way + [place]) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- set state.ways = longer[:most] if most is not none else longer -%}
    {%- endfor -%}
    {{- return(state.ways) -}}
{%- endmacro %}
