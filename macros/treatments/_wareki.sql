{#- 和暦: 昭和64年1月7日, S64.1.7, h1/5/1, R5-4-1, and 1980年4月1日, as a timestamp. The year of an era is added up whatever
    the day, because documents go on with an era after its end (平成31年5月1日). A day the calendar lacks is null. For
    texts of _wareki_pattern only: 64 is taken from the text, then -1-7 and what stands behind it. -#}
{% macro _wareki(text) -%}
    {%- set numbers = '^[^0-9元]*([0-9]+|元)[^0-9]+([0-9]+)[^0-9]+([0-9]+)日?' -%}
    {%- set counted = 'replace(' ~ tokumei.sql_replaced(text, numbers ~ '.*$', '\\1') ~ ", '元', '1')" -%}
    {%- set era = 'translate(substr(' ~ text ~ ", 1, 1), '明mＭｍ大tＴｔ昭sＳｓ平hＨｈ令rＲｒ', 'MMMMTTTTSSSSHHHHRRRR')" -%}
    {%- set before = 'case ' ~ era ~ " when 'M' then 1867 when 'T' then 1911 when 'S' then 1925 when 'H' then 1988 when 'R' then 2018 else 0 end" -%}
    {%- set year = 'nullif(' ~ before ~ ' + ' ~ tokumei.sql_try_cast(counted, 'integer') ~ ', 0)' -%}
    {%- set rest = 'split_part(' ~ tokumei.sql_replaced(text, numbers, '-\\2-\\3') ~ ", '.', 1)" -%}
    {{- return(tokumei.sql_try_cast('lpad(' ~ tokumei.sql_text(year) ~ ", 4, '0') || " ~ rest, 'timestamp')) -}}
{%- endmacro %}

{#- 明治1年 to 5年 are the lunar calendar, whose months are others: not read. 元年 is year 1. -#}
{% macro _wareki_pattern() -%}
    {%- set blanks = '[ 　]*' -%}
    {%- set meiji = '(明治|[MmＭｍ])' ~ blanks ~ '(0?[6-9]|[1-9][0-9]{1,2})' -%}
    {%- set later = '(大正|昭和|平成|令和|[TtＴｔSsＳｓHhＨｈRrＲｒ])' ~ blanks ~ '(元|0?[1-9]|[1-9][0-9]{1,2})' -%}
    {%- set two = '[0-9]{1,2}' -%}
    {%- set kanji = blanks ~ '年' ~ blanks ~ two ~ blanks ~ '月' ~ blanks ~ two ~ blanks ~ '日' -%}
    {%- set signs = '-' ~ two ~ '-' ~ two ~ '|/' ~ two ~ '/' ~ two ~ '|[.]' ~ two ~ '[.]' ~ two -%}
    {{- return(
        '^([0-9]{4}' ~ kanji ~ '|(' ~ meiji ~ '|' ~ later ~ ')(' ~ kanji ~ '|' ~ signs ~ '))' ~ tokumei._time_pattern() ~ '$'
    ) -}}
{%- endmacro %}
