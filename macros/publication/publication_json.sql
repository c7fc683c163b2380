{#- The facts as JSON-LD (schema.org Dataset). -#}
{% macro publication_json(facts, published_on=none, revised_on=none, counts=false) -%}
    {%- set terms, texts = facts['terms'], facts['texts'] -%}
    {%- set publisher = terms['commissioned_by'] or terms['operator'] -%}
    {%- set parts = [] -%}
    {%- for part in facts['parts'] -%}
        {%- set variables = [] -%}
        {%- for item in part['items'] -%}
            {%- do variables.append(tokumei._json_names('PropertyValue', item['item'], {'description': tokumei._json_both(item['treatment'])})) -%}
        {%- endfor -%}
        {%- set sizes = [] -%}
        {%- for name, unit in [['subjects', 'persons'], ['records', 'records']] if counts -%}
            {%- do sizes.append({'@type': 'QuantitativeValue', 'unitText': unit, 'value': part[name]['number']} if part[name]['number']
                else {'@type': 'QuantitativeValue', 'unitText': unit, 'maxValue': 9}) -%}
        {%- endfor -%}
        {%- do parts.append(tokumei._json_names('Dataset', part['title'], {'identifier': part['mart'], 'variableMeasured': variables, 'size': sizes or none})) -%}
    {%- endfor -%}
    {%- set contacts = [] -%}
    {%- for name in ['inquiries', 'complaints'] -%}
        {%- set contact = terms[name] -%}
        {%- set mail = modules.re.match('^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+$', contact['ja']) is not none -%}
        {%- do contacts.append({'@type': 'ContactPoint', 'contactType': name, 'email': contact['ja'] if mail else none, 'description': none if mail else tokumei._json_both(contact)}) -%}
    {%- endfor -%}
    {%- set bans = [tokumei.published_text('no_collation'), tokumei.published_text('recipient_ban')] -%}
    {%- set outline = facts['whole'] -%}
    {{- return(tokumei._json({
        '@context': 'https://schema.org',
        '@type': 'Dataset',
        'name': terms['title']['ja'],
        'alternateName': terms['title']['en'],
        'identifier': terms['dataset'],
        'description': [tokumei.publication_lead(facts)['ja'], tokumei.publication_lead(facts)['en']],
        'inLanguage': ['ja', 'en'],
        'keywords': ['匿名加工情報', 'anonymously processed information'],
        'url': terms['url'] if terms['url'] and tokumei._is_web_address(terms['url']) else none,
        'datePublished': published_on | string if published_on is not none else none,
        'dateModified': revised_on | string if revised_on is not none else none,
        'creator': tokumei._json_names('Organization', terms['operator']),
        'publisher': tokumei._json_names('Organization', publisher, {'contactPoint': contacts}),
        'citation': {'@type': 'Legislation', 'name': tokumei._json_both(terms['legal_basis'])},
        'measurementTechnique': outline | map(attribute='ja') | list + outline | map(attribute='en') | list,
        'usageInfo': {'@type': 'CreativeWork', 'text': bans | map(attribute='ja') | list + bans | map(attribute='en') | list},
        'hasPart': parts,
        'additionalProperty': tokumei._json_terms(texts, ['creation', 'population', 'purpose', 'recipients', 'means', 'safety_measures']),
    })) -}}
{%- endmacro %}

{#- The Japanese text, or both. -#}
{% macro _json_both(text) -%}
    {{- return([text['ja'], text['en']] if text['en'] else text['ja']) -}}
{%- endmacro %}

{% macro _json_names(type, text, more={}) -%}
    {{- return(dict({'@type': type, 'name': text['ja'], 'alternateName': text['en']}, **more)) -}}
{%- endmacro %}

{% macro _json_terms(texts, shown) -%}
    {%- set terms = [] -%}
    {%- for name in shown if name in texts -%}
        {%- do terms.append(tokumei._json_names('PropertyValue', texts[name]['label'], {'propertyID': name, 'value': tokumei._json_both(texts[name]['text'])})) -%}
    {%- endfor -%}
    {{- return(terms) -}}
{%- endmacro %}
