{#- What a recipient is told, expressly (法43条4項, 規則37条): that it is 匿名加工情報, its items and means, and what the law
    forbids them. It depends on terms and release alone, and on no day, so that its hash can be compared later. -#}
{% macro notice_text(dataset, recipient=none, release=none) -%}
    {%- set facts = tokumei.publication_facts(dataset, release) -%}
    {%- set ja = tokumei._notice_japanese(facts, recipient) -%}
    {%- set en = tokumei._notice_english(facts, recipient) -%}
    {{- return(tokumei._printable((ja + ['', '-' * 40, ''] + en) | join('\n'))) -}}
{%- endmacro %}

{% macro _notice_japanese(facts, recipient) -%}
    {%- set terms = facts['terms'] -%}
    {%- set lines = ['匿名加工情報の提供について（通知）', ''] -%}
    {%- if recipient -%}{%- do lines.extend([recipient ~ ' 御中', '']) -%}{%- endif -%}
    {%- do lines.extend([
        '提供する情報は、個人情報の保護に関する法律第2条第6項に規定する「匿名加工情報」です。同法第43条第4項に基づき、その旨を明示します。', '',
        '提供する情報：' ~ terms['title']['ja'] ~ '（' ~ terms['dataset'] ~ '）',
    ]) -%}
    {%- for name in ['operator', 'commissioned_by', 'legal_basis'] if name in facts['texts'] -%}
        {%- do lines.append(facts['texts'][name]['label']['ja'] ~ '：' ~ terms[name]['ja']) -%}
    {%- endfor -%}
    {%- do lines.extend(['', '1. 含まれる個人に関する情報の項目']) -%}
    {%- do lines.extend(tokumei._notice_items(facts, 'ja')) -%}
    {%- do lines.extend(['', '2. 加工の概要（各項目の加工は、括弧内のとおりです。）']) -%}
    {%- do lines.extend(facts['whole'] | map(attribute='ja') | list) -%}
    {%- do lines.extend([
        '', '3. 提供の方法', terms['means']['ja'],
        '', '4. 識別行為の禁止',
        '本人を識別するために、次のことをしてはなりません（同法第45条）。',
        '- 削除された記述等若しくは個人識別符号、又は加工の方法に関する情報を取得すること。',
        '- この匿名加工情報を他の情報と照合すること。',
        '', '5. 安全管理及び第三者への提供',
        '安全管理のために必要かつ適切な措置を講じ、その内容を公表するよう努めなければなりません（同法第46条）。第三者に提供するときは、あらかじめ、項目及び提供の方法を公表し、提供先に匿名加工情報である旨を明示しなければなりません（同法第44条）。',
        '', '6. お問合せ・苦情',
        'お問合せ：' ~ terms['inquiries']['ja'], '苦情の受付：' ~ terms['complaints']['ja'],
    ]) -%}
    {%- if terms['url'] -%}{%- do lines.append('公表の場所：' ~ terms['url']) -%}{%- endif -%}
    {{- return(lines) -}}
{%- endmacro %}

{% macro _notice_english(facts, recipient) -%}
    {%- set terms = facts['terms'] -%}
    {%- set lines = ['Notice: provision of anonymously processed information', ''] -%}
    {%- if recipient -%}{%- do lines.extend(['To ' ~ recipient, '']) -%}{%- endif -%}
    {%- do lines.extend([
        'What is provided is anonymously processed information (匿名加工情報) as defined in Article 2(6) of the Act on the Protection of Personal Information. This is stated expressly, as Article 43(4) of the Act requires.', '',
        'Provided: ' ~ tokumei._english(terms['title']) ~ ' (' ~ terms['dataset'] ~ ')',
    ]) -%}
    {%- for name in ['operator', 'commissioned_by', 'legal_basis'] if name in facts['texts'] -%}
        {%- do lines.append(facts['texts'][name]['label']['en'] ~ ': ' ~ tokumei._english(terms[name])) -%}
    {%- endfor -%}
    {%- do lines.extend(['', '1. Items, as they are after processing']) -%}
    {%- do lines.extend(tokumei._notice_items(facts, 'en')) -%}
    {%- do lines.extend(['', '2. Outline of the processing (of each item, in brackets above)']) -%}
    {%- do lines.extend(facts['whole'] | map(attribute='en') | list) -%}
    {%- do lines.extend([
        '', '3. Means of provision', tokumei._english(terms['means']),
        '', '4. Ban on identification',
        'In order to identify a person, you must not (Article 45 of the Act):',
        '- obtain descriptions or identification codes that were deleted, or information on the method of processing;',
        '- collate this anonymously processed information with other information.',
        '', '5. Safety, and provision to others',
        'You are to take measures for its safety and endeavour to publish them (Article 46). Before you provide it to somebody else, publish its items and the means, and tell them expressly that it is anonymously processed information (Article 44).',
        '', '6. Contact',
        'Inquiries: ' ~ tokumei._english(terms['inquiries']), 'Complaints: ' ~ tokumei._english(terms['complaints']),
    ]) -%}
    {%- if terms['url'] -%}{%- do lines.append('Published at: ' ~ terms['url']) -%}{%- endif -%}
    {{- return(lines) -}}
{%- endmacro %}

{% macro _notice_items(facts, language) -%}
    {%- set lines = [] -%}
    {%- for part in facts['parts'] -%}
        {%- set number = loop.index -%}
        {%- do lines.append('(' ~ number ~ ') ' ~ (part['title']['ja'] if language == 'ja' else tokumei._english(part['title']))) -%}
        {%- for item in part['items'] -%}
            {%- do lines.append('  ' ~ loop.index ~ '. ' ~ (item['item']['ja'] ~ '（' ~ item['treatment']['ja'] ~ '）' if language == 'ja'
                else tokumei._english(item['item']) ~ ' (' ~ item['treatment']['en'] ~ ')')) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(lines) -}}
{%- endmacro %}

{#- The Japanese text where no English is given. -#}
{% macro _english(text) -%}
    {{- return(text['en'] or text['ja']) -}}
{%- endmacro %}
