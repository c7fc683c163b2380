{#- Sentences that are published as they stand. They name no number of any policy. -#}
{% macro published_text(name) -%}
    {{- return({
        'left_out': {
            'ja': '上記の項目以外の項目は、削除しています（項目削除）。',
            'en': 'Items of the source that are not listed above were left out (item suppression).',
        },
        'records': {
            'ja': '同じ内容をもつ者が少ないレコードは、削除しています（レコード削除）。',
            'en': 'Records that few persons share were left out (record suppression).',
        },
        'places': {
            'ja': '生活の拠点が推測される記録は、削除しています。',
            'en': 'Records that would tell places of daily life were left out.',
        },
        'synthetic': {
            'ja': '実在しない者のデータを加えています（疑似データ生成）。',
            'en': 'Data of persons who do not exist were added (synthetic data).',
        },
        'provision': {
            'ja': '第三者に提供するときは、提供先に対し、提供する情報が匿名加工情報である旨を電子メール又は書面により明示します（法第43条第4項）。',
            'en': 'Whoever receives it is told expressly, by e-mail or in writing, that it is anonymously processed information (Article 43(4) of the Act).',
        },
        'no_collation': {
            'ja': '作成者は、本人を識別するために、この匿名加工情報を他の情報と照合しません（法第43条第5項）。',
            'en': 'The maker does not collate this information with other information in order to identify a person (Article 43(5) of the Act).',
        },
        'recipient_ban': {
            'ja': '提供を受けた者は、本人を識別するために、削除された記述等若しくは個人識別符号若しくは加工の方法に関する情報を取得し、又はこの匿名加工情報を他の情報と照合してはなりません（法第45条）。',
            'en': 'Whoever receives it must not, in order to identify a person, obtain descriptions or identification codes that were deleted or information on the method of processing, nor collate it with other information (Article 45 of the Act).',
        },
    }[name]) -}}
{%- endmacro %}

{#- Who publishes: what was made on commission is published by the one who commissioned it (規則36条2項). -#}
{% macro publication_lead(facts) -%}
    {%- set operator = facts['terms']['operator'] -%}
    {%- set by = facts['terms']['commissioned_by'] -%}
    {%- if by is none -%}
        {{- return({
            'ja': operator['ja'] ~ 'は、個人情報の保護に関する法律（以下「法」といいます。）に基づき、匿名加工情報の作成及び提供について、次のとおり公表します。',
            'en': (operator['en'] or operator['ja']) ~ ' publishes the following on the making and provision of anonymously processed information, under the Act on the Protection of Personal Information (the Act).',
        }) -}}
    {%- endif -%}
    {{- return({
        'ja': by['ja'] ~ 'は、' ~ operator['ja'] ~ 'に委託して匿名加工情報を作成しました。個人情報の保護に関する法律（以下「法」といいます。）第43条第3項及び同法施行規則第36条第2項に基づき、委託元である' ~ by['ja'] ~ 'が次のとおり公表します。',
        'en': (operator['en'] or operator['ja']) ~ ' made anonymously processed information on commission of ' ~ (by['en'] or by['ja'])
            ~ ', who therefore publishes the following, under the Act on the Protection of Personal Information (the Act), Article 43(3), and its Enforcement Rules, Article 36(2).',
    }) -}}
{%- endmacro %}
