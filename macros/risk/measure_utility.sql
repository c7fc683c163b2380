{#- What use is left of a candidate, as the rows of release_risks_log. -#}
{% macro measure_utility(policy, scene) -%}
    {%- set frame = tokumei._use_frame(policy, scene) -%}
    {%- do frame.update({'names': frame['columns'] | map(attribute='name') | list}) -%}
    {%- do scene.update({'distributions': tokumei.measure_distributions(policy, scene, frame)}) -%}
    {%- set measures = tokumei._measured('utility', tokumei.utility_of_suppression(policy, scene, frame), frame) -%}
    {%- for column in frame['columns'] -%}
        {%- do measures.extend(tokumei._measured('utility', tokumei.utility_of_columns(policy, scene, frame, column), frame)) -%}
    {%- endfor -%}
    {%- do measures.extend(tokumei._whole_loss(measures, policy)) -%}
    {%- set numbers = [] -%}
    {%- set categories = [] -%}
    {%- for column in frame['columns'] -%}
        {%- do (numbers if column['kind'] and column['kind'] == column['shown'] else categories).append(column) -%}
    {%- endfor -%}
    {#- Pairs grow with the square of the columns: of each kind the first twelve. -#}
    {%- if numbers | length > 1 -%}
        {%- do measures.extend(tokumei._measured('utility', tokumei.utility_of_numbers(scene, frame, numbers[:12]), frame)) -%}
    {%- endif -%}
    {%- if categories | length > 1 -%}
        {%- do measures.extend(tokumei._measured('utility', tokumei.utility_of_categories(scene, frame, categories[:12]), frame)) -%}
    {%- endif -%}
    {{- return(measures + tokumei._correlation_kept(measures)) -}}
{%- endmacro %}

{#- Over the quasi-identifiers: the product of (loss + 1), its root, less 1, as ARX has it; none if one has no loss. -#}
{% macro _whole_loss(measures, policy) -%}
    {%- set names = policy['columns'] | selectattr('quasi_identifier') | map(attribute='name') | list -%}
    {%- set state = namespace(product=1, met=0) -%}
    {%- for row in measures if row[2] == 'loss' and row[3] in names -%}
        {%- set state.product = state.product * (row[7] + 1) -%}
        {%- set state.met = state.met + 1 -%}
    {%- endfor -%}
    {{- return([['utility', 'mart', 'loss', '', none, none, 'share', state.product ** (1 / state.met) - 1]] if state.met and state.met == names | length else []) -}}
{%- endmacro %}

{#- By how much the correlations of pairs changed: the mean and the largest of the differences. -#}
{% macro _correlation_kept(measures) -%}
    {%- set before = {} -%}
    {%- for row in measures if row[6] == 'correlation' and row[1] != 'mart' -%}{%- do before.update({row[2] ~ row[3]: row[7]}) -%}{%- endfor -%}
    {%- set apart = [] -%}
    {%- for row in measures if row[6] == 'correlation' and row[1] == 'mart' and row[2] ~ row[3] in before -%}
        {%- do apart.append((row[7] - before[row[2] ~ row[3]]) | abs) -%}
    {%- endfor -%}
    {{- return([
        ['utility', 'both', 'correlation_change_average', '', none, none, 'correlation', apart | sum / apart | length],
        ['utility', 'both', 'correlation_change_maximum', '', none, none, 'correlation', apart | max],
    ] if apart else []) -}}
{%- endmacro %}
