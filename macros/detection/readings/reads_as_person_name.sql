{#- A Japanese name by its family name: one of some 300 common families (a third to a half of the population) with a given
    name of up to four characters behind it, in kanji, kana or Latin letters, or the family name alone. What ends like a
    place or a shop is none. -#}
{% macro reads_as_person_name(value) -%}
    {%- set families = tokumei._family_names() -%}
    {%- set written = value.written -%}
    {%- set given = '[一-鿿々ァ-ヺー]{1,4}$' -%}
    {%- set place = '[都道府県市区町村郡島店駅院社校園館橋線港台塾堂屋部課科庁会組]$' -%}
    {%- set first, second = tokumei.sql_without_end('split_part(' ~ written ~ ", ' ', 1)", ','), 'split_part(' ~ written ~ ", ' ', 2)" -%}
    {%- set kanji = [] -%}
    {%- for length, names in [[2, families['kanji']], [3, families['kanji']], [1, families['short']]] -%}
        {%- do kanji.append(
            'substr(' ~ written ~ ', 1, ' ~ length ~ ') in ' ~ tokumei._listed_names(names, length) ~ ' and '
            ~ tokumei.sql_matches('substr(' ~ written ~ ', ' ~ (length + 1) ~ ')', '^ ' ~ given if length == 1 else '^$|^ ?' ~ given)
        ) -%}
    {%- endfor -%}
    {{- return({
        'form': 'length(' ~ written ~ ') between 2 and 24',
        'passes': '((' ~ kanji | join(' or ') ~ ') and not ' ~ tokumei.sql_matches(written, place) ~ ' and ' ~ written ~ ' not in ' ~ tokumei._listed_names(families['also_places'])
            ~ ' or ' ~ first ~ ' in ' ~ tokumei._listed_names(families['kana']) ~ ' and ' ~ tokumei.sql_matches(second, '^[ァ-ヺー]{1,6}$')
            ~ ' or ' ~ first ~ ' in ' ~ tokumei._listed_names(families['latin']) ~ ' and ' ~ tokumei.sql_matches(second, '^[a-z]{2,12}$')
            ~ ' or ' ~ second ~ ' in ' ~ tokumei._listed_names(families['latin']) ~ ' and ' ~ tokumei.sql_matches(first, '^[a-z]{2,12}$') ~ ')',
    }) -}}
{%- endmacro %}

{#- A list is looked up by hashing; as one pattern of 340 branches it takes PostgreSQL a hundred times as long. -#}
{% macro _listed_names(names, length=none) -%}
    {%- set listed = [] -%}
    {%- for name in names if length is none or name | length == length -%}{%- do listed.append(tokumei.sql_literal(name)) -%}{%- endfor -%}
    {{- return('(' ~ listed | join(', ') ~ ')') -}}
{%- endmacro %}
