{#- The categories of a step: labels that differ, words that say something, patterns that every engine reads alike. -#}
{% macro _check_categorize(errors, policy, name, arguments) -%}
    {%- set categories = arguments.get('categories') -%}
    {%- if tokumei._are_categories(categories) -%}
        {%- for category in categories -%}
            {%- set problem = tokumei._words_problem(category['words']) if 'words' in category else tokumei._pattern_problem(category['pattern']) -%}
            {%- if problem is not none -%}
                {%- set kind = 'words' if 'words' in category else 'pattern' -%}
                {%- do tokumei._policy_error(errors, policy['mart'], name, 'categorize: ' ~ kind ~ ' of ' ~ category['to'], category[kind] if category[kind] is not none else 'nothing', problem, 'steps/categorize.md') -%}
            {%- endif -%}
        {%- endfor -%}
        {%- set labels = tokumei._category_labels({'categories': categories, 'rest': arguments.get('rest')}) -%}
        {%- if (labels | map('string') | unique(case_sensitive=true) | list | length) != (labels | length) -%}
            {%- do tokumei._policy_error(errors, policy['mart'], name, 'categorize: labels differ, the rest included', labels | join(', '), none, 'steps/categorize.md') -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{#- A list of {to, words} and {to, pattern}. -#}
{% macro _are_categories(given) -%}
    {%- if given is string or given is mapping or given is not sequence or (given | length) == 0 -%}
        {{- return(false) -}}
    {%- endif -%}
    {%- for category in given -%}
        {%- if category is not mapping or category | list | sort not in [['to', 'words'], ['pattern', 'to']] or category['to'] is not string or category['to'] | trim == '' -%}
            {{- return(false) -}}
        {%- endif -%}
    {%- endfor -%}
    {{- return(true) -}}
{%- endmacro %}

{% macro _words_problem(words) -%}
    {%- set listed = words is sequence and words is not string and words is not mapping and (words | length) > 0 -%}
    {%- set texts = listed and (words | reject('string') | list | length) == 0 and '' not in (words | map('trim') | list) -%}
    {{- return(none if texts else 'a list of texts, none empty') -}}
{%- endmacro %}
