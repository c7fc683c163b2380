{#- The combinations of columns that an attacker may know: for each number of them all, or, where there are more than 30,
    up to 30 drawn by md5 of a number and the column's name. Each: known, names, places (from 1). -#}
{% macro _combinations_of_columns(names) -%}
    {%- set chosen = [] -%}
    {%- set all = range(1, names | length + 1) | list -%}
    {%- for known in all -%}
        {%- set ways = tokumei._ways(names | length, known, 31) -%}
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

{#- Many combinations counted at once (grouping sets): `key` says in a row which one it is of, and is what each combination's
    `key` is. A bit for each column that is left out; engines take 31 of them at once. -#}
{% macro _grouping_of(combinations, last, alias) -%}
    {%- set sets = [] -%}
    {%- set keys = [] -%}
    {%- for one in combinations -%}
        {%- do sets.append('(' ~ tokumei._attacked_columns(one['places'], alias) | join(', ') ~ ')') -%}
        {%- set bits = [] -%}
        {%- for start in range(1, last + 1, 30) -%}
            {%- set left_out = namespace(bits=0) -%}
            {%- for place in range(start, [start + 30, last + 1] | min) -%}
                {%- set left_out.bits = left_out.bits * 2 + (0 if place in one['places'] else 1) -%}
            {%- endfor -%}
            {%- do bits.append(left_out.bits | string) -%}
        {%- endfor -%}
        {%- do one.update({'key': bits | join(' ')}) -%}
    {%- endfor -%}
    {%- for start in range(1, last + 1, 30) -%}
        {%- do keys.append(tokumei.sql_text(tokumei.sql_grouping(tokumei._attacked_columns(range(start, [start + 30, last + 1] | min), alias)))) -%}
    {%- endfor -%}
    {{- return({'key': keys | join(" || ' ' || "), 'sets': 'grouping sets (' ~ sets | join(', ') ~ ')'}) -}}
{%- endmacro %}

{#- The combinations as rows of `fields`, each a literal. -#}
{% macro _combination_rows(combinations, fields, prefix='') -%}
    {%- set rows = [] -%}
    {%- for one in combinations -%}
        {%- set literals = [] -%}
        {%- for field in fields -%}{%- do literals.append(tokumei.sql_literal(prefix ~ one[field] if field == 'names' else one[field])) -%}{%- endfor -%}
        {%- do rows.append('(' ~ literals | join(', ') ~ ')') -%}
    {%- endfor -%}
    {{- return('(values\n    ' ~ rows | join(',\n    ') ~ '\n) as combination (' ~ fields | join(', ') ~ ')') -}}
{%- endmacro %}
