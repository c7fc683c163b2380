{#- Every value has the form its steps declare: on the grid, within the bounds, of the level, of the length. -#}
{% macro audit_within_bounds(policy, scene) -%}
{%- set findings = [] -%}
{%- for column in policy['columns'] if not column['pseudonym'] -%}
    {%- set shown = tokumei.distinct_values(scene, column['name']) ~ ' as shown' -%}
    {%- set recoded = tokumei.recoded_form(policy, scene, column) if column['recoded'] else none -%}
    {%- for condition in (recoded['conditions'] if recoded else []) -%}
        {%- do findings.append(tokumei._finding(column['name'], 'count(*)') ~ ' from ' ~ shown ~ ' where ' ~ condition) -%}
    {%- endfor -%}
    {%- for condition in tokumei._out_of_form(policy, scene, column) if not recoded or recoded['ends'] -%}
        {%- do findings.append(tokumei._finding(column['name'], 'count(*)') ~ ' from ' ~ (recoded['ends'] if recoded else shown) ~ ' where ' ~ condition) -%}
    {%- endfor -%}
{%- endfor -%}
{{ findings | join('\nunion all\n') if findings else tokumei._nothing_to_find() }}
{%- endmacro %}

{#- What a value of the column must not be, for every step that only top and bottom coding follow; labels, replacements
    and, on a grid, the bounds themselves aside. -#}
{% macro _out_of_form(policy, scene, column) -%}
    {#- The mean of values of some form has a form of its own. -#}
    {%- set averaged = column['steps'] | selectattr('name', 'equalto', 'microaggregate') | selectattr('arguments.representative', 'in', [undefined, none, 'mean']) | list -%}
    {%- set scalar = [] if averaged else column['steps'] | rejectattr('whole_column') | list -%}
    {%- set shown = tokumei._value('shown.value', scene['types'].get(column['name'])) -%}
    {%- set labels = [] -%}
    {%- for step in column['steps'] -%}
        {%- for label in [step['arguments'].get('label'), step['arguments'].get('replace_with')] if label is string -%}
            {%- do labels.append(tokumei.sql_literal(label)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set exempt = '' if not labels else ' and ' ~ tokumei.sql_text('shown.value') ~ ' not in (' ~ labels | join(', ') ~ ')' -%}
    {%- set conditions = [] -%}
    {#- A label of the tree has not the form of what climbed to it. -#}
    {%- set climbed = [] -%}
    {%- for step in column['steps'] if step['name'] == 'generalize_rare' -%}
        {%- do conditions.append('(' ~ tokumei._outside_tree(policy, step['arguments'], scene) ~ ')' ~ exempt) -%}
        {%- do climbed.append(' and ' ~ tokumei._no_label_of_tree(policy, step['arguments'], scene)) -%}
    {%- endfor -%}
    {%- for step in column['steps'] if step['name'] == 'microaggregate' -%}
        {%- do conditions.extend(tokumei._form_of_group(column, step, shown)) -%}
    {%- endfor -%}
    {%- for step in scalar -%}
        {%- set later = scalar[loop.index:] -%}
        {%- if later | rejectattr('name', 'in', ['top_code', 'bottom_code', 'keep', 'swap']) | list | length == 0 -%}
            {%- set violated = tokumei._form_of(step, shown, scene) -%}
            {%- set bounds = [] -%}
            {%- for bound in later if bound['name'] not in ['keep', 'swap'] and step['name'] not in ['top_code', 'bottom_code'] -%}
                {%- set at = bound['arguments']['at'] -%}
                {%- do bounds.append(' and ' ~ (tokumei._as_number(shown) ~ ' <> ' ~ at if at is number else tokumei._as_date(shown) ~ " <> date '" ~ at ~ "'")) -%}
            {%- endfor -%}
            {%- if violated is not none -%}
                {%- do conditions.append('(' ~ violated ~ ')' ~ exempt ~ climbed | join('') ~ bounds | join('')) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(conditions) -}}
{%- endmacro %}
