{% macro proposal_text(policy, proposal) -%}
{{- return(tojson({'best': proposal['best'], 'evaluated': proposal['evaluated'], 'nodes': proposal['nodes'], 'combinations': proposal['combinations'], 'seconds': proposal['seconds']})) -}}
{%- endmacro %}

{% macro _asked_ladders(policy, asked, columns, format) -%}
    {{- return(tokumei.ladders(policy)) -}}
{%- endmacro %}
