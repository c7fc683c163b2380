{#- A count as the report shows it; where there are some, and fewer than 10, that alone. -#}
{% macro _shown(count) -%}
    {%- if count is none -%}
        {{- return(none) -}}
    {%- endif -%}
    {%- set shown = tokumei.shown_count(count | int) -%}
    {{- return('under 10' if shown is none else shown) -}}
{%- endmacro %}

{#- A share of so many: where it is of fewer than 10, that alone; else in steps of at least ten of them, so that no two shares
    tell how many are between. -#}
{% macro _shown_share(share, of) -%}
    {%- if share is none -%}
        {{- return(none) -}}
    {%- elif 0 < share * of < 9.5 -%}
        {{- return('under 10') -}}
    {%- endif -%}
    {{- return(tokumei._rounded_share(share, of)) -}}
{%- endmacro %}

{% macro _rounded_share(share, of) -%}
    {%- set state = namespace(step=1.0) -%}
    {%- for step in [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001] if of and step * of >= 10 -%}
        {%- set state.step = step -%}
    {%- endfor -%}
    {#- Not -0. -#}
    {{- return((((share / state.step) | round) * state.step) | round(3) + 0.0) -}}
{%- endmacro %}

{#- A mean of probabilities, to the thousandth. -#}
{% macro _shown_probability(value) -%}
    {{- return(value | round(3) if value is not none else none) -}}
{%- endmacro %}
