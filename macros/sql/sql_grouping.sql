{#- Which of these columns a row of grouping sets leaves out, as a number: a bit each, the first column the highest. -#}
{% macro sql_grouping(columns) -%}
    {{- return(adapter.dispatch('sql_grouping', 'tokumei')(columns)) -}}
{%- endmacro %}

{% macro default__sql_grouping(columns) -%}
    {{- return('grouping(' ~ columns | join(', ') ~ ')') -}}
{%- endmacro %}

{#- Spark takes one column at a time, and grouping_id() takes all or none. -#}
{% macro spark__sql_grouping(columns) -%}
    {%- set bits = [] -%}
    {%- for column in columns -%}
        {%- do bits.append('shiftleft(cast(grouping(' ~ column ~ ') as bigint), ' ~ (loop.length - loop.index) ~ ')') -%}
    {%- endfor -%}
    {{- return(bits | join(' + ')) -}}
{%- endmacro %}
