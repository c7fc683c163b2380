{#- All errors of one exposure, and its terms as a plain dict; each text is {ja, en}, en none where not given. -#}
{% macro _check_terms(errors, exposure) -%}
    {%- set name = exposure['name'] -%}
    {%- set given = tokumei._meta_of(exposure) -%}
    {%- set required = ['operator', 'means', 'safety_measures'] -%}
    {%- set optional = ['title', 'legal_basis', 'commissioned_by', 'purpose', 'population', 'recipients'] -%}
    {%- do tokumei._check_keys(errors, name, none, given, required + ['contact', 'continues', 'period', 'marts'] + optional) -%}
    {%- set datasets = tokumei._datasets_of(exposure) -%}
    {%- do tokumei._check_terms_lineage(errors, exposure, datasets) -%}
    {%- set terms = {'dataset': datasets | first, 'exposure': name, 'url': exposure.get('url')} -%}
    {%- for key in required + optional -%}
        {%- do terms.update({key: tokumei._term_text(errors, name, key, given.get(key), key in required)}) -%}
    {%- endfor -%}
    {%- if terms['title'] is none -%}
        {%- do terms.update({'title': {'ja': exposure.get('label') or datasets | first | string, 'en': none}}) -%}
    {%- endif -%}
    {%- set contact = given.get('contact') -%}
    {%- if contact is not mapping -%}
        {%- do tokumei._policy_error(errors, name, 'contact', 'contact is required: where inquiries and complaints go (法43条6項)', contact if contact is not none else 'nothing', '{inquiries: …, complaints: …}', 'publication.md') -%}
    {%- else -%}
        {%- do tokumei._check_keys(errors, name, 'contact', contact, ['inquiries', 'complaints']) -%}
    {%- endif -%}
    {%- for key in ['inquiries', 'complaints'] -%}
        {%- do terms.update({key: tokumei._term_text(errors, name, 'contact.' ~ key, contact.get(key), true) if contact is mapping else none}) -%}
    {%- endfor -%}
    {%- do terms.update(tokumei._term_creation(errors, name, given)) -%}
    {%- do terms.update({'marts': tokumei._term_marts(errors, exposure, given.get('marts'))}) -%}
    {{- return(terms) -}}
{%- endmacro %}

{#- An exposure of the marts of one dataset: all of them, and nothing else. -#}
{% macro _check_terms_lineage(errors, exposure, datasets) -%}
    {%- set nodes = exposure['depends_on']['nodes'] -%}
    {%- for unique_id in nodes if not tokumei._is_mart(unique_id) -%}
        {%- do tokumei._policy_error(errors, exposure['name'], none, 'an exposure with terms depends on marts alone', unique_id, 'models with materialized: anonymized', 'publication.md') -%}
    {%- endfor -%}
    {%- if datasets | length != 1 -%}
        {%- do tokumei._policy_error(errors, exposure['name'], none, 'an exposure with terms depends on the marts of one dataset', datasets | join(', ') or 'none', none, 'publication.md') -%}
    {%- endif -%}
    {%- for dataset in datasets -%}
        {%- for mart in tokumei.marts_of(dataset) if mart['unique_id'] not in nodes -%}
            {%- do tokumei._policy_error(errors, exposure['name'], none, 'a dataset is published as a whole: depends_on lacks a mart of ' ~ dataset, 'no ref(\'' ~ mart['name'] ~ '\')', none, 'publication.md') -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}
