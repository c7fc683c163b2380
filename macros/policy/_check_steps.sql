{#- What one step cannot see: its classification, its place in the list, and what stands beside it. -#}
{% macro _check_steps(errors, policy, column) -%}
    {%- set mart = policy['mart'] -%}
    {%- set name = column['name'] -%}
    {%- set names = column['steps'] | map(attribute='name') | list -%}
    {%- set classified = tokumei.classifications().get(column['is'], {}) -%}
    {%- set generalizing = tokumei.step_catalog() | list | reject('equalto', 'pseudonymize') | list -%}
    {%- set admitted = classified.get('steps') if classified.get('steps') is not none else generalizing -%}
    {%- set admitted = ['pseudonymize'] if column['from'] == policy['subject'] else admitted -%}
    {%- for step in names if column['is'] in tokumei.classifications() and step not in admitted -%}
        {%- do tokumei._policy_error(errors, mart, name, column['is'] ~ ' does not admit this step (' ~ classified['clause'] ~ ')', step, (admitted | join(', ') or 'none') ~ '; or leave the column out', 'policy.md') -%}
    {%- endfor -%}
    {%- if column['is'] == 'free_text' and (names | reject('in', admitted) | list | length) == 0 and (names[:1] != ['categorize'] or 'categorize' in names[1:]) and names -%}
        {%- do tokumei._policy_error(errors, mart, name, 'free_text is categorized first, and then only suppressed (' ~ classified['clause'] ~ ')', names | join(', '), '[categorize], [categorize, suppress_rare]', 'steps/categorize.md') -%}
    {%- endif -%}
    {%- for step in column['steps'] if step['name'] == 'mesh' -%}
        {%- do tokumei._check_mesh(errors, policy, column, step) -%}
    {%- endfor -%}
    {%- for step in column['steps'] if step['name'] == 'categorize' -%}
        {%- do tokumei._check_categorize(errors, policy, name, step['arguments']) -%}
    {%- endfor -%}
    {%- if 'pseudonymize' in names and (names | length) > 1 -%}
        {%- do tokumei._policy_error(errors, mart, name, 'pseudonymize stands alone', names | join(', '), ['[pseudonymize]'], 'steps/pseudonymize.md') -%}
    {%- endif -%}
    {%- do tokumei._check_draws(errors, policy, column) -%}
    {%- if (names | select('equalto', 'lookup') | list | length) > 1 -%}
        {%- do tokumei._policy_error(errors, mart, name, 'a column takes one lookup', 'several', none, 'steps/lookup.md') -%}
    {%- endif -%}
    {%- set seen = namespace(whole=false, labels=[]) -%}
    {%- for step in column['steps'] -%}
        {%- if step['whole_column'] -%}
            {%- set seen.whole = true -%}
            {%- do seen.labels.append(step['arguments'].get('replace_with') | string) -%}
        {%- elif seen.whole -%}
            {%- do tokumei._policy_error(errors, mart, name, 'what is done to the whole column comes last', step['name'] ~ ' after it', none, 'policy.md') -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set alone = column['steps'] | selectattr('whole_column') | map(attribute='name') | reject('in', ['suppress_rare', 'suppress_listed']) | list -%}
    {%- if alone and (column['steps'] | selectattr('whole_column') | list | length) > 1 -%}
        {%- do tokumei._policy_error(errors, mart, name, alone[0] ~ ' is the only step for a whole column there', names | join(', '), none, 'steps/' ~ alone[0] ~ '.md') -%}
    {%- endif -%}
    {%- for step in column['steps'] if step['name'] == 'generalize_rare' and not tokumei._levels(policy, step['arguments']) -%}
        {%- do tokumei._policy_error(errors, mart, name, 'generalize_rare: levels', 'nothing', 'levels, from fine to coarse, as columns in the YAML of the hierarchy, or here', 'steps/generalize_rare.md') -%}
    {%- endfor -%}
    {%- if (seen.labels | unique | list | length) > 1 -%}
        {%- do tokumei._policy_error(errors, mart, name, 'one column has one pool: replace_with differs between its steps', seen.labels | join(', '), none, 'steps/suppress_listed.md') -%}
    {%- endif -%}
    {%- for step in column['steps'] if step['name'] == 'band' and step['arguments'].get('labels') and tokumei._is_rising(step['arguments'].get('edges')) -%}
        {%- if (step['arguments']['labels'] | length) != (step['arguments']['edges'] | length) + 1 -%}
            {%- do tokumei._policy_error(errors, mart, name, 'band: labels', step['arguments']['labels'] | length ~ ' labels', 'one more than edges', 'steps/band.md') -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for step in column['steps'] -%}
        {%- set before = column['steps'][loop.index0 - 1] if not loop.first else none -%}
        {%- if before and before['name'] == 'band' and before['arguments'].get('edges') and not step['whole_column'] -%}
            {%- do tokumei._policy_error(errors, mart, name, 'band: edges gives labels, which no step reads', step['name'] ~ ' after it', ['suppress_rare', 'suppress_listed'], 'steps/band.md') -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for step in column['steps'] if step['name'] == 'pseudonymize' and (step['arguments'].get('per') is none) != (step['arguments'].get('of') is none) -%}
        {%- do tokumei._policy_error(errors, mart, name, 'pseudonymize: per and of go together (a period, of a date column)', none, none, 'steps/pseudonymize.md') -%}
    {%- endfor -%}
{%- endmacro %}
