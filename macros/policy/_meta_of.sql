{#- The tokumei part of a node's or a column's meta; an empty dict where there is none. -#}
{% macro _meta_of(thing) -%}
    {%- set config = thing.get('config') or {} -%}
    {%- set meta = (config.get('meta') or {}).get('tokumei') or (thing.get('meta') or {}).get('tokumei') -%}
    {{- return(meta if meta is mapping else {}) -}}
{%- endmacro %}

{% macro _check_keys(errors, model, column, given, allowed) -%}
    {%- for key in given if key not in allowed -%}
        {%- do tokumei._policy_error(errors, model, column, 'unknown key', key, allowed) -%}
    {%- endfor -%}
{%- endmacro %}
