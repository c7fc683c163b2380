{#- For development: a selection of some marts of a dataset is released alone, and the log says which it left out. True
    alone opens it, no text. -#}
{% macro partial_datasets() -%}
    {{- return(var('tokumei_partial_datasets', false) is sameas true) -}}
{%- endmacro %}
