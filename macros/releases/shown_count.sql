{#- A count as it may stand in a report: rounded as it is published, none where it is below 10 and not 0. A count of nobody
    points at nobody (NDB publication rule: 「0」の場合を除く). -#}
{% macro shown_count(count) -%}
    {{- return(0 if count == 0 else tokumei.public_count(count)['number']) -}}
{%- endmacro %}
