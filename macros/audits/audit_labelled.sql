{#- Whoever meets the mart sees that it is 匿名加工情報 (3-2-3-2, desirable): its comment, and its items on its columns. -#}
{% macro audit_labelled(policy, scene) -%}
{%- set label = '匿名加工情報' -%}
{%- if scene['shown'] is none -%}
    {{- return(tokumei._nothing_to_find()) -}}
{%- endif -%}
{%- set findings = [tokumei._finding('', tokumei._unlabelled(tokumei.sql_comment_of(scene['view']), label))] -%}
{%- for column in policy['columns'] -%}
    {%- set comment = tokumei.sql_column_comment_of(scene['view'], column['name']) -%}
    {%- do findings.append(tokumei._finding(column['name'], tokumei._unlabelled(comment, label ~ ': ' ~ column['item']['ja']))) -%}
{%- endfor -%}
{{ findings | join('\nunion all\n') }}
{%- endmacro %}

{% macro _unlabelled(comment, label) -%}
    {{- return('case when ' ~ tokumei.sql_strpos('coalesce(' ~ comment ~ ", '')", tokumei.sql_literal(label)) ~ ' = 1 then 0 else 1 end') -}}
{%- endmacro %}
