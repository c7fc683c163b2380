{#- A Japanese address down to the house: a municipality or a town, and behind it 丁目, 番, 号 or numbers with hyphens.
    A band of numbers behind a word (第1-2) is read as one too; a prefecture or a municipality alone is not. -#}
{% macro reads_as_address(value) -%}
    {%- set number = '([0-9]{1,4}|[一二三四五六七八九十]{1,3})' -%}
    {%- set house = number ~ ' ?(丁目|番地|番町?[0-9]|番$|号$|' ~ tokumei._hyphen() ~ '[0-9]{1,4})' -%}
    {%- set word = '[^ -~]' -%}
    {{- return({
        'form': tokumei.sql_octet_length(value.written) ~ ' > length(' ~ value.written ~ ') and ' ~ tokumei.sql_matches(value.written, '^' ~ word ~ '.*[0-9一二三四五六七八九十]'),
        'passes': '(' ~ tokumei.sql_matches(value.written, '[都道府県市区町村郡].*' ~ house)
            ~ ' or ' ~ tokumei.sql_matches(value.written, '^' ~ word ~ '{1,20}[0-9]{1,4}' ~ tokumei._hyphen() ~ '[0-9]{1,4}(' ~ tokumei._hyphen() ~ '[0-9]{1,5})?( .*)?$') ~ ')',
    }) -}}
{%- endmacro %}
