{#- 法43条1項・規則34条; of a release, because the law is amended. -#}
{% macro legal_basis() -%}
    {{- return(var('tokumei_legal_basis', tokumei._default_legal_basis()['ja'])) -}}
{%- endmacro %}

{% macro _default_legal_basis() -%}
    {{- return({
        'ja': '個人情報の保護に関する法律（平成15年法律第57号）第43条第1項、同法施行規則第34条',
        'en': 'Act on the Protection of Personal Information (Act No. 57 of 2003), Article 43(1); Enforcement Rules, Article 34',
    }) -}}
{%- endmacro %}
