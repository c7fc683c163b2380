{#- Where a part first stands in a text, from 1; 0 where it does not. -#}
{% macro sql_strpos(text, part) -%}
    {{- return(adapter.dispatch('sql_strpos', 'tokumei')(text, part)) -}}
{%- endmacro %}

{% macro default__sql_strpos(text, part) -%}
    {{- return('strpos(' ~ text ~ ', ' ~ part ~ ')') -}}
{%- endmacro %}

{% macro spark__sql_strpos(text, part) -%}
    {{- return('instr(' ~ text ~ ', ' ~ part ~ ')') -}}
{%- endmacro %}

{#- Whether a text begins with a part. -#}
{% macro sql_starts_with(text, part) -%}
    {{- return(adapter.dispatch('sql_starts_with', 'tokumei')(text, part)) -}}
{%- endmacro %}

{% macro default__sql_starts_with(text, part) -%}
    {{- return('starts_with(' ~ text ~ ', ' ~ part ~ ')') -}}
{%- endmacro %}

{% macro spark__sql_starts_with(text, part) -%}
    {{- return('startswith(' ~ text ~ ', ' ~ part ~ ')') -}}
{%- endmacro %}
