{#- Whoever meets the mart sees that it is 匿名加工情報 (3-2-3-2, desirable): its comment, and its items on its columns. -#}
{% macro audit_labelled(policy, scene) -%}
    {{- return(tokumei.sql_count_unlabelled(scene['view'], policy['columns'])) -}}
{%- endmacro %}
