{#- The combinations of columns that an attacker may know: for each number of them all, or, where there are more than 30,
    up to 30 drawn by md5 of a number and the column's name. Each: known, names, places (from 1). -#}
{% macro _combinations_of_columns(names) -%}
    {%- set chosen = [] -%}
    {%- set all = range(1, names | length + 1) | list -%}
    {%- for known in all -%}
        {%- set ways = modules.itertools.islice(modules.itertools.combinations(all, known), 31) | map('list') | list -%}
        {%- for places in ways if ways | length <= 30 -%}
            {%- do chosen.append(tokumei._combination(names, places)) -%}
        {%- endfor -%}
        {%- set drawn = [] -%}
        {%- for number in range(30) if ways | length > 30 -%}
            {%- set ranked = [] -%}
            {%- for place in all -%}{%- do ranked.append([local_md5(number ~ ':' ~ names[place - 1]), place]) -%}{%- endfor -%}
            {%- set places = (ranked | sort)[:known] | map(attribute=1) | sort -%}
            {%- if places not in drawn -%}
                {%- do drawn.append(places) -%}
                {%- do chosen.append(tokumei._combination(names, places)) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(chosen) -}}
{%- endmacro %}

{% macro _combination(names, places) -%}
    {%- set listed = [] -%}
    {%- for place in places -%}{%- do listed.append(names[place - 1]) -%}{%- endfor -%}
    {{- return({'known': places | length, 'names': listed | join(' + '), 'places': places}) -}}
{%- endmacro %}

{% macro _attacked_columns(places, alias='') -%}
    {%- set columns = [] -%}
    {%- for place in places -%}{%- do columns.append((alias ~ '.' if alias else '') ~ 'column_' ~ place) -%}{%- endfor -%}
    {{- return(columns) -}}
{%- endmacro %}

{#- `expression as column_1`, and so on. -#}
{% macro _as_columns(expressions) -%}
    {%- set columns = [] -%}
    {%- for expression in expressions -%}{%- do columns.append(expression ~ ' as column_' ~ loop.index) -%}{%- endfor -%}
    {{- return(columns) -}}
{%- endmacro %}

{#- What the dataset's quasi-identifiers are called, in the order of _dataset_columns. -#}
{% macro _dataset_names(policy) -%}
    {%- set names = policy['columns'] | selectattr('quasi_identifier') | map(attribute='name') | list -%}
    {%- for followed in policy['follows'] -%}
        {%- for name in followed['quasi_identifiers'] -%}{%- do names.append(followed['name'] ~ '.' ~ name) -%}{%- endfor -%}
    {%- endfor -%}
    {{- return(names) -}}
{%- endmacro %}
