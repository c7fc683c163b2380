{#- The body of the call once for each identifier of the source, given it as text and its number: one query of all. -#}
{% macro _each_identifier(identifiers, joined='union all') -%}
    {%- for name in identifiers -%}
        {{ caller(tokumei.sql_text('origin.' ~ tokumei.sql_identifier(name)), loop.index) }}
        {%- if not loop.last %}
    {{ joined }}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}
