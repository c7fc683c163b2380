{#- A text, or one in each language, like `item`. -#}
{% macro _term_text(errors, exposure, key, given, required) -%}
    {%- if given is string and given | trim != '' -%}
        {{- return({'ja': given | trim, 'en': none}) -}}
    {%- elif given is mapping and given.get('ja') is string and given['ja'] | trim != '' and (given | list | reject('in', ['ja', 'en']) | list | length) == 0
        and (given.get('en') is none or (given['en'] is string and given['en'] | trim != '')) -%}
        {{- return({'ja': given['ja'] | trim, 'en': given['en'] | trim if given.get('en') else none}) -}}
    {%- elif given is not none or required -%}
        {%- do tokumei._policy_error(errors, exposure, key, 'a text that is published' ~ (', and required' if required else ''), given if given is not none else 'nothing', 'a text, or {ja: …, en: …}', 'publication.md') -%}
    {%- endif -%}
    {{- return(none) -}}
{%- endmacro %}

{#- Whether creation continues, or for how long; where neither is said, each creation is published anew. -#}
{% macro _term_creation(errors, exposure, given) -%}
    {%- set continues = given.get('continues', false) -%}
    {%- set period = given.get('period') -%}
    {%- if continues is not boolean -%}
        {%- do tokumei._policy_error(errors, exposure, 'continues', 'whether creation continues', continues if continues is not none else 'nothing', ['true', 'false'], 'publication.md') -%}
    {%- endif -%}
    {%- if 'continues' in given and 'period' in given -%}
        {%- do tokumei._policy_error(errors, exposure, 'period', 'creation continues, or has a period', 'both', ['continues', 'period'], 'publication.md') -%}
    {%- endif -%}
    {%- if 'period' in given -%}
        {%- set days = [period.get('from') | string, period.get('to') | string] if period is mapping else [] -%}
        {%- if period is not mapping or (period | list | sort) != ['from', 'to'] or not tokumei._is_date(days[0]) or not tokumei._is_date(days[1]) or days[0] > days[1] -%}
            {%- do tokumei._policy_error(errors, exposure, 'period', 'the period of creation', period if period is not none else 'nothing', '{from: YYYY-MM-DD, to: YYYY-MM-DD}, in this order', 'publication.md') -%}
        {%- else -%}
            {%- set period = {'from': days[0], 'to': days[1]} -%}
        {%- endif -%}
    {%- endif -%}
    {{- return({'continues': continues, 'period': period}) -}}
{%- endmacro %}

{#- What each mart is called on the page; its own name where nothing is given. -#}
{% macro _term_marts(errors, exposure, given) -%}
    {%- set names = {} -%}
    {%- for dataset in tokumei._datasets_of(exposure) -%}
        {%- for mart in tokumei.marts_of(dataset) -%}{%- do names.update({mart['name']: {'ja': mart['name'], 'en': none}}) -%}{%- endfor -%}
    {%- endfor -%}
    {%- if given is not none and given is not mapping -%}
        {%- do tokumei._policy_error(errors, exposure['name'], 'marts', 'what the marts are called', given, '{mart: a text, or {ja: …, en: …}}', 'publication.md') -%}
    {%- elif given is mapping -%}
        {%- do tokumei._check_keys(errors, exposure['name'], 'marts', given, names | list | sort) -%}
        {%- for name in given if name in names -%}
            {%- do names.update({name: tokumei._term_text(errors, exposure['name'], 'marts.' ~ name, given[name], true)}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{- return(names) -}}
{%- endmacro %}
