{#- What the name of a column says, in English or Japanese: free_text, place, birth, sensitive, quasi_identifier, or
    none. Evidence beside the values, never instead of a person's judgement. -#}
{% macro _name_says(folded) -%}
    {%- for says, pattern in {
        'free_text': '(^|_)(memo|notes?|remarks?|comments?|description|free_?text|message|inquiry)(_|$)|備考|メモ|摘要|自由記述|所見|コメント|問合',
        'birth': 'birth|(^|_)dob(_|$)|生年|誕生',
        'place': '(^|_)(lat|latitude|lng|lon|long|longitude)(_|$)|緯度|経度',
        'sensitive': 'diagnos|disease|illness|(^|_)icd|symptom|treatment|medication|disab|blood|systolic|diastolic|hba1c|(^|_)bmi(_|$)|cholesterol|^(body_?)?weight|eyesight|caries|religio|(^|_)faith|(^|_)race(_|$)|ethnic|criminal|conviction|victim|union_?member|political|傷病|病名|病歴|疾患|診断|処方|投薬|障害|血圧|検査値|視力|体重|宗教|信条|人種|民族|犯罪|前科|労働組合|本籍|出自',
        'quasi_identifier': '(^|_)(sex|gender|age|zip|prefecture|state|county|city|town|ward|region|area|country|nationality|native_?country|occupation|job|profession|workclass|employer|company|education|school|grade|class|department|institution|marital|marital_?status|family|household|relationship|station|stop|store|shop|branch|month|year|height|income|salary|product|goods|item|category|beds|gate|address|date|time|datetime|timestamp)($|_)|住所|性別|年齢|都道府県|市区町村|地域|国籍|職業|業種|勤務先|学歴|学校|学年|組$|婚姻|世帯|家族|店舗|駅|身長|年収',
    }.items() if modules.re.search(pattern, folded) -%}
        {{- return(says) -}}
    {%- endfor -%}
    {{- return(none) -}}
{%- endmacro %}

{% macro _names_of_keys() -%}
    {{- return('(^|_)(id|uuid|guid|no|num|number|key|token|serial|account)$|[a-z](id|no)$|番号$|識別子$') -}}
{%- endmacro %}

{#- A name in small letters with _ between its words, of whatever style it is: customerId, Customer ID and ＩＤ. -#}
{% macro _folded_words(name) -%}
    {%- set forms = tokumei._foldings() -%}
    {%- set parted = modules.re.sub('([a-z0-9])([A-Z])', '\\1_\\2', name | string) -%}
    {%- set katakana = forms['from'].find('ぁ') -%}
    {{- return(modules.re.sub('[ .\\-/]+', '_', parted.translate(''.maketrans(forms['from'][:katakana], forms['to'][:katakana])))) -}}
{%- endmacro %}
