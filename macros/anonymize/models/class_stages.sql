{#- recoded → classes → kept, as [name, query]: the combinations of the classes that satisfy k, then l, then t. t compares a
    class with what k and l leave. -#}
{% macro class_stages(policy, at, shape, combinations, unique, nullable) -%}
    {%- set stages = [
        ['recoded', tokumei.stage_recoded(policy, at, shape, combinations, unique)],
        ['classes', tokumei.stage_classes(policy, at, shape, unique)],
    ] -%}
    {%- if not shape['guarded'] -%}
        {{- return(stages + [['kept', tokumei.stage_kept(policy, at, shape, nullable)]]) -}}
    {%- endif -%}
    {%- do stages.append(['classed', tokumei.stage_classed(policy, at, shape, nullable)]) -%}
    {%- set diverse = shape['guarded'] | selectattr('l') | list -%}
    {%- set close = shape['guarded'] | selectattr('t') | list -%}
    {%- for column in diverse -%}
        {%- do stages.append([tokumei._model_stage('l', column), tokumei.stage_diversity(column, unique)]) -%}
    {%- endfor -%}
    {%- if close -%}
        {%- if diverse -%}
            {%- do stages.append(['diverse', tokumei._of_classes('classed', 'l', diverse)]) -%}
        {%- endif -%}
        {%- for column in close -%}
            {%- do stages.append([tokumei._model_stage('t', column), tokumei.stage_closeness(column, 'diverse' if diverse else 'classed', unique)]) -%}
        {%- endfor -%}
    {%- endif -%}
    {{- return(stages + [['kept', tokumei._of_classes('diverse' if close and diverse else 'classed', 't' if close else 'l', close or diverse)]]) -}}
{%- endmacro %}

{#- The stages as one query, whose result is the last of them. -#}
{% macro _last_of(stages) -%}
    {%- set named = [] -%}
    {%- for stage in stages[:-1] -%}
        {%- do named.append(stage[0] ~ ' as (\n' ~ stage[1] ~ '\n)') -%}
    {%- endfor -%}
    {{- return('with ' ~ named | join(',\n\n') ~ '\n\n' ~ stages[-1][1]) -}}
{%- endmacro %}

{% macro _model_stage(model, column) -%}
    {{- return(tokumei.sql_identifier(model ~ '_' ~ column['name'])) -}}
{%- endmacro %}

{#- The combinations of the classes that satisfy l, or t, in every column. -#}
{% macro _of_classes(combinations, model, columns) -%}
select {{ combinations }}.*
from {{ combinations }}
{%- for column in columns %}
{%- set satisfied = tokumei._model_stage(model, column) %}
inner join {{ satisfied }} on {{ combinations }}.tokumei_class_no = {{ satisfied }}.tokumei_class_no
{%- endfor -%}
{%- endmacro %}
