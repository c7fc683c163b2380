{#- A Japanese name by its family name: one of some 300 common families (a third to a half of the population) with a given
    name of up to four characters behind it, in kanji, kana or Latin letters, or the family name alone. What ends like a
    place or a shop is none. -#}
{% macro reads_as_person_name(value) -%}
    {%- set families = tokumei._family_names() -%}
    {%- set given = '[一-鿿々ァ-ヺー]{1,4}' -%}
    {%- set place = '[都道府県市区町村郡島店駅院社校園館橋線港台塾堂屋部課科庁会組]$' -%}
    {{- return({
        'form': 'length(' ~ value.written ~ ') between 2 and 24',
        'passes': '(' ~ tokumei.sql_matches(value.written, '^((' ~ families['kanji'] ~ ') ?(' ~ given ~ ')?|(' ~ families['short'] ~ ') ' ~ given ~ ')$')
            ~ ' and not ' ~ tokumei.sql_matches(value.written, place ~ '|^(' ~ families['also_places'] ~ ')$')
            ~ ' or ' ~ tokumei.sql_matches(value.written, '^(' ~ families['kana'] ~ ') [ァ-ヺー]{1,6}$')
            ~ ' or ' ~ tokumei.sql_matches(value.written, '^((' ~ families['latin'] ~ '),? [a-z]{2,12}|[a-z]{2,12} (' ~ families['latin'] ~ '))$') ~ ')',
    }) -}}
{%- endmacro %}
