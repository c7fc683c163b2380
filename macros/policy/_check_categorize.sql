{#- The categories of a step: labels that differ, words that say something, patterns that every engine reads alike. -#}
{% macro _check_categorize(errors, policy, name, arguments) -%}
    {%- set categories = arguments.get('categories') -%}
    {%- if tokumei._are_categories(categories) -%}
        {%- for category in categories -%}
            {%- set what = 'categorize: ' ~ ('words' if 'words' in category else 'pattern') ~ ' of ' ~ category['to'] -%}
            {%- if 'words' not in category -%}
                {%- set problem = tokumei._pattern_problem(category['pattern']) -%}
                {%- if problem is not none -%}
                    {%- do tokumei._policy_error(errors, policy['mart'], name, what ~ ': ' ~ problem, category['pattern'] or 'nothing', tokumei._pattern_grammar(), 'steps/categorize.md') -%}
                {%- endif -%}
            {%- elif not tokumei._are_words(category['words']) -%}
                {%- do tokumei._policy_error(errors, policy['mart'], name, what, category['words'] or 'nothing', 'a list of texts, none empty', 'steps/categorize.md') -%}
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

{% macro _are_words(given) -%}
    {%- set listed = given is sequence and given is not string and given is not mapping and (given | length) > 0 -%}
    {{- return(listed and (given | reject('string') | list | length) == 0 and '' not in (given | map('trim') | list)) -}}
{%- endmacro %}
