{% macro sql_same(left, right) -%}
    {{- return(adapter.dispatch('sql_same', 'tokumei')(left, right)) -}}
{%- endmacro %}

{% macro default__sql_same(left, right) -%}
    {{- return(left ~ ' is not distinct from ' ~ right) -}}
{%- endmacro %}

{#- PostgreSQL cannot hash or merge on "is not distinct from", and a nested loop over a million rows
    is quadratic. Two equalities say the same and can be hashed. -#}
{% macro postgres__sql_same(left, right) -%}
    {{- return(
        "coalesce(cast(" ~ left ~ " as text), '') = coalesce(cast(" ~ right ~ " as text), '') and ("
        ~ left ~ ' is null) = (' ~ right ~ ' is null)'
    ) -}}
{%- endmacro %}
