{#- What a source column can be, and the steps its classification admits (規則34条1号–3号). none: any step but
    pseudonymize, which would take the column out of the classes and still show how often each value occurs. -#}
{% macro classifications() -%}
    {%- set identifies = {'steps': ['pseudonymize'], 'clause': '規則34条1号–3号'} -%}
    {{- return({
        'direct_identifier': identifies,
        'identification_code': identifies,
        'linking_code': identifies,
        'free_text': {'steps': ['categorize', 'suppress_rare', 'suppress_listed'], 'clause': '規則34条1号'},
        'quasi_identifier': {'steps': none, 'clause': '規則34条5号'},
        'sensitive': {'steps': none, 'clause': '規則34条4号・5号'},
        'attribute': {'steps': none, 'clause': '規則34条4号・5号'},
    }) -}}
{%- endmacro %}
