{#- The terms in the order they are published, as {term, label, text}, each {ja, en}; without those that were not given. -#}
{% macro term_list(terms) -%}
    {%- set labels = [
        ['operator', '作成者', 'Made by'],
        ['commissioned_by', '委託元', 'Commissioned by'],
        ['legal_basis', '根拠法令', 'Legal basis'],
        ['creation', '作成の期間', 'Period of creation'],
        ['population', '対象者及びデータの期間', 'Persons and period of the data'],
        ['purpose', '利用目的', 'Purpose'],
        ['recipients', '提供先', 'Recipients'],
        ['means', '提供の方法', 'Means of provision'],
        ['safety_measures', '安全管理措置', 'Safety measures'],
        ['inquiries', 'お問合せ', 'Inquiries'],
        ['complaints', '苦情の受付', 'Complaints'],
    ] -%}
    {%- set texts = dict(terms, creation=tokumei.creation_text(terms)) -%}
    {%- set listed = [] -%}
    {%- for label in labels if texts[label[0]] is not none -%}
        {%- do listed.append({'term': label[0], 'label': {'ja': label[1], 'en': label[2]}, 'text': texts[label[0]]}) -%}
    {%- endfor -%}
    {{- return(listed) -}}
{%- endmacro %}

{#- Guideline 3-2-4: a repeated creation relies on the first publication only if that said that it continues, or until
    when. -#}
{% macro creation_text(terms) -%}
    {%- set same = {'ja': '同じ項目及び同じ加工の方法により', 'en': ' with the same items and the same method'} -%}
    {%- if terms['continues'] -%}
        {{- return({'ja': same['ja'] ~ '、継続して作成します。', 'en': 'Creation is repeated' ~ same['en'] ~ ', and continues.'}) -}}
    {%- elif terms['period'] -%}
        {%- set days = terms['period'] -%}
        {{- return({
            'ja': tokumei.day_text(days['from'], 'ja') ~ 'から' ~ tokumei.day_text(days['to'], 'ja') ~ 'まで、' ~ same['ja'] ~ '作成します。',
            'en': 'From ' ~ tokumei.day_text(days['from'], 'en') ~ ' to ' ~ tokumei.day_text(days['to'], 'en') ~ ',' ~ same['en'] ~ '.',
        }) -}}
    {%- endif -%}
    {{- return({'ja': '作成の都度、公表します。', 'en': 'Each creation is published anew.'}) -}}
{%- endmacro %}

{#- YYYY-MM-DD, to be read. -#}
{% macro day_text(day, language) -%}
    {%- set months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] -%}
    {%- set written = day | string -%}
    {%- set year, month, number = written[:4] | int, written[5:7] | int, written[8:] | int -%}
    {{- return(year ~ '年' ~ month ~ '月' ~ number ~ '日' if language == 'ja' else number ~ ' ' ~ months[month - 1] ~ ' ' ~ year) -}}
{%- endmacro %}
