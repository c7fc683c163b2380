{#- l and t: column → what a class needs of it. Guarded is a value of the mart that says something of its own subject and by
    which nobody is told apart: neither a pseudonym nor a quasi-identifier, nor what is drawn by chance. -#}
{% macro _resolve_models(errors, policy, meta) -%}
    {%- for key, page in [['l', 'audits/l_diverse.md'], ['t', 'audits/t_close.md']] -%}
        {%- set given = meta.get(key) -%}
        {%- set resolved = {} -%}
        {%- if key in meta and (given is not mapping or not given) -%}
            {%- do tokumei._policy_error(errors, policy['mart'], none, key, given if given is not none else 'nothing', '{column of the mart: threshold}', page) -%}
        {%- elif key in meta -%}
            {%- for name, threshold in given.items() -%}
                {%- set problem = tokumei._cannot_be_guarded(policy, name) -%}
                {%- set model = tokumei._diversity(threshold) if key == 'l' else tokumei._closeness(threshold) -%}
                {%- if problem is not none -%}
                    {%- do tokumei._policy_error(errors, policy['mart'], name, key ~ ': ' ~ problem[0], problem[1], problem[2], page) -%}
                {%- endif -%}
                {%- if model is none -%}
                    {%- do tokumei._policy_error(errors, policy['mart'], name, key, threshold if threshold is not none else 'nothing', tokumei._thresholds_allowed(key), page) -%}
                {%- elif problem is none -%}
                    {%- do resolved.update({name: model}) -%}
                {%- endif -%}
            {%- endfor -%}
        {%- endif -%}
        {%- do policy.update({key: resolved}) -%}
    {%- endfor -%}
{%- endmacro %}

{#- What is wrong, what was given, what is allowed; none if the column can be guarded. -#}
{% macro _cannot_be_guarded(policy, name) -%}
    {%- set column = policy['columns'] | selectattr('name', 'equalto', name) | first | default(none) -%}
    {%- if column is none -%}
        {{- return(['the mart has no such column', name, policy['columns'] | map(attribute='name') | join(', ') or 'none']) -}}
    {%- elif column['pseudonym'] -%}
        {{- return(['a pseudonym is of one subject', 'pseudonymize', 'a column that is no pseudonym']) -}}
    {%- elif column['quasi_identifier'] -%}
        {{- return(['a quasi-identifier has one value in each class', column['is'], 'sensitive, attribute, free_text']) -}}
    {%- endif -%}
    {%- for step in column['steps'] if step['name'] in ['add_noise', 'swap'] -%}
        {{- return(['its values are not those of the subjects who show them', step['name'], 'a column without add_noise and swap']) -}}
    {%- endfor -%}
    {{- return(none) -}}
{%- endmacro %}

{% macro _thresholds_allowed(key) -%}
    {%- if key == 'l' -%}
        {{- return('a whole number of at least 2 (distinct values), {entropy: a number above 1}, {recursive: {c: a number above 0 of at most 6 decimals, l: a whole number of at least 2}}') -}}
    {%- endif -%}
    {{- return('a distance above 0 and below 1, {ordered: such a distance}') -}}
{%- endmacro %}

{% macro _diversity(threshold) -%}
    {%- if threshold is integer and threshold is not boolean and threshold >= 2 -%}
        {{- return({'kind': 'distinct', 'l': threshold}) -}}
    {%- elif threshold is mapping and (threshold | list) == ['entropy'] -%}
        {%- set l = threshold['entropy'] -%}
        {{- return({'kind': 'entropy', 'l': l} if l is number and l is not boolean and 1 < l < 10 ** 9 else none) -}}
    {%- elif threshold is mapping and (threshold | list) == ['recursive'] -%}
        {%- set given = threshold['recursive'] -%}
        {%- if given is mapping and (given | list | sort) == ['c', 'l'] -%}
            {%- set c, l = given['c'], given['l'] -%}
            {%- if c is number and c is not boolean and 0 < c < 10 ** 9 and (c * 10 ** 6) | round | int / 10 ** 6 == c and l is integer and l is not boolean and l >= 2 -%}
                {{- return({'kind': 'recursive', 'c': c, 'l': l}) -}}
            {%- endif -%}
        {%- endif -%}
    {%- endif -%}
    {{- return(none) -}}
{%- endmacro %}

{% macro _closeness(threshold) -%}
    {%- set ordered = threshold is mapping and (threshold | list) == ['ordered'] -%}
    {%- set t = threshold['ordered'] if ordered else threshold -%}
    {{- return({'kind': 'ordered' if ordered else 'equal', 't': t} if t is number and t is not boolean and 0 < t < 1 else none) -}}
{%- endmacro %}
