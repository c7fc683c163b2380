{#- The first category whose words or pattern are found; everything else, null included, is the rest. Nothing of the
    text itself is left. -#}
{% macro step_categorize(value, arguments, scene) -%}
    {%- set branches = [] -%}
    {%- for category in arguments['categories'] -%}
        {%- do branches.append('when ' ~ tokumei._found(value, category, scene) ~ ' then ' ~ tokumei.sql_literal(category['to'])) -%}
    {%- endfor -%}
    {{- return(tokumei._value(
        'case ' ~ branches | join(' ') ~ ' else ' ~ tokumei.sql_literal(arguments['rest']) ~ ' end', 'text'
    )) -}}
{%- endmacro %}

{% macro _found(value, category, scene) -%}
    {%- if category.get('pattern') is not none -%}
        {{- return(tokumei.sql_matches(tokumei.sql_one_line(tokumei._canonical_text(value)), category['pattern'])) -}}
    {%- endif -%}
    {%- set folded = value.get('folded') or tokumei.sql_fold(tokumei._canonical_text(value)) -%}
    {%- set found = [] -%}
    {%- for word in category['words'] -%}
        {%- do found.append(tokumei.sql_strpos(folded, tokumei.sql_folded_literal(word)) ~ ' > 0') -%}
    {%- endfor -%}
    {{- return(found | join(' or ')) -}}
{%- endmacro %}

{% macro _category_labels(arguments) -%}
    {{- return((arguments['categories'] | map(attribute='to') | list) + [arguments['rest']]) -}}
{%- endmacro %}
