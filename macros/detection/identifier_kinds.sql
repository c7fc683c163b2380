{#- What a column may turn out to hold, in the order of precedence: kind → what it is classified as, the share of other
    values of the same form that pass by chance, whether a mart may hold it (`mart`), what was looked at, and the names
    of columns that speak for it. Check digits: of 11, about one in ten; the rest are project defaults. -#}
{% macro identifier_kinds() -%}
    {{- return({
        'my_number': {'is': 'identification_code', 'chance': 0.1, 'label': 'マイナンバー: 12 digits, check digit mod 11', 'names': '(^|_)(my_?number|individual_?number|mynum(ber)?)(_|$)|マイナンバー|個人番号'},
        'driver_licence': {'is': 'identification_code', 'chance': 0.1, 'label': '運転免許証: 12 digits, check digit mod 11', 'names': 'driv(er|ing).*licen[cs]e|licen[cs]e_?(no|number)|免許(証)?(の)?番号|運転免許'},
        'resident_code': {'is': 'identification_code', 'chance': 0.1, 'label': '住民票コード: 11 digits, check digit mod 11', 'names': 'resident_?(record_?)?code|juminhyo|住民票コード'},
        'passport': {'is': 'identification_code', 'chance': 0, 'label': '旅券: 2 letters, 7 digits', 'names': 'passport|旅券|パスポート'},
        'residence_card': {'is': 'identification_code', 'chance': 0, 'label': '在留カード: 2 letters, 8 digits, 2 letters', 'names': 'residence_?card|zairyu|在留カード'},
        'pension_number': {'is': 'identification_code', 'chance': 0, 'label': '基礎年金番号: 4-6 digits', 'names': '(pension|nenkin)_?(no|number)|年金番号'},
        'employment_insurance': {'is': 'identification_code', 'chance': 0, 'label': '雇用保険被保険者番号: 4-6-1 digits', 'names': 'employment_?insur|雇用保険'},
        'insurer_number': {'is': 'identification_code', 'chance': 0.1, 'label': '保険者番号: 8 or 6 digits, Luhn', 'names': 'insurer_?(no|number|code)|insured_?(no|number|symbol)|health_?insurance_?(no|number)|保険者番号|保険証|被保険者|記号番号'},
        'biometric_template': {'is': 'identification_code', 'chance': 0, 'label': 'biometric template: ISO/IEC 19794 header, or 64 numbers in a row', 'names': 'biometric|fingerprint|face_?(vector|embedding|template|feature)|iris|voice_?print|minutiae|指紋|顔特徴|虹彩|静脈|声紋|生体|掌紋|歩容'},
        'email': {'is': 'direct_identifier', 'chance': 0, 'label': 'e-mail address', 'names': 'e_?mail|mail_?addr|(^|_)mail$|メール'},
        'mobile_phone': {'is': 'direct_identifier', 'chance': 0.05, 'label': '携帯電話: 0[6-9]0 and 8 digits', 'names': 'mobile|cell_?(phone|no)|携帯'},
        'landline_phone': {'is': 'direct_identifier', 'chance': 0.1, 'label': '固定電話: 0 and 9 digits', 'names': '(^|_)(tel|phone|telephone|fax)(_|no|num|$)|電話|ＦＡＸ|fax番号'},
        'imei': {'is': 'linking_code', 'chance': 0.1, 'label': 'IMEI: 15 digits, Luhn', 'names': '(^|_)imei|端末識別'},
        'card_number': {'is': 'direct_identifier', 'chance': 0.1, 'label': 'card number: 13 to 19 digits, Luhn', 'names': '(credit|debit|payment)_?card|card_?(no|num|number)|(^|_)pan$|カード番号|クレジットカード'},
        'ip_address': {'is': 'linking_code', 'chance': 0, 'label': 'IPv4 or IPv6 address', 'names': '(^|_)ip(v[46])?(_?addr(ess)?)?$|(ipアドレス)'},
        'address': {'is': 'direct_identifier', 'chance': 0.02, 'label': 'address down to the house', 'names': '(^|_)(street|addr(ess)?([_0-9]|$)|house_?(no|number)|building|room_?no)|住所|番地|丁目|建物|号室|所在地'},
        'person_name': {'is': 'direct_identifier', 'chance': 0.05, 'label': 'a common Japanese family name, and a given name', 'names': '(^|_)(full|first|last|given|family|middle|sur|maiden|nick)_?name|^(person|customer|patient|member|student|employee|user|contact|holder|owner|guardian)_?(full_?)?name|^name$|^name_?(kana|kanji|romaji)|kana$|furigana|氏名|姓名|名前|^(姓|名|苗字|名字)$|フリガナ|カナ$'},
        'postal_code': {'is': 'quasi_identifier', 'chance': 0, 'mart': true, 'label': '郵便番号: 3-4 digits', 'names': 'postal|post_?code|(^|_)zip|郵便'},
        'municipality_code': {'is': 'quasi_identifier', 'chance': 0.1, 'mart': true, 'label': '市区町村コード: 6 digits, check digit mod 11', 'names': '(city|municipality|ward|town)_?(code|no)|市区町村コード|自治体コード|団体コード'},
        'corporate_number': {'is': 'attribute', 'chance': 0.12, 'mart': true, 'label': '法人番号: 13 digits, check digit mod 9', 'names': 'corporate_?(no|number)|houjin|hojin|法人番号'},
    }) -}}
{%- endmacro %}

{#- The kinds that no column of a mart may read as. -#}
{% macro kinds_kept_out() -%}
    {{- return(tokumei.identifier_kinds().items() | rejectattr('1.mart', 'defined') | map('first') | list) -}}
{%- endmacro %}
