{#- What a publication says of a dataset and no mart can say: declared once, in a dbt exposure of its marts that has
    `config.meta.tokumei`. `terms` is none where nothing is declared: such a dataset is built, but not published. -#}
{% macro _resolve_terms(dataset) -%}
    {%- set errors = [] -%}
    {%- set found = [] -%}
    {%- for exposure in tokumei._terms_exposures() if dataset in tokumei._datasets_of(exposure) -%}
        {%- do found.append({'exposure': exposure, 'terms': tokumei._check_terms(errors, exposure)}) -%}
    {%- endfor -%}
    {%- if found | length > 1 -%}
        {%- do tokumei._policy_error(errors, dataset, none, 'a dataset has one exposure with its terms', found | map(attribute='exposure.name') | sort | join(', '), none, 'publication.md') -%}
    {%- endif -%}
    {{- return({'terms': found[0]['terms'] if found else none, 'errors': errors}) -}}
{%- endmacro %}

{#- Enabled exposures that speak of tokumei, whatever they say. -#}
{% macro _terms_exposures() -%}
    {%- set found = [] -%}
    {%- for exposure in (graph.get('exposures') or {}).values() -%}
        {%- if 'tokumei' in ((exposure.get('config') or {}).get('meta') or exposure.get('meta') or {}) -%}
            {%- do found.append(exposure) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(found | sort(attribute='unique_id')) -}}
{%- endmacro %}

{% macro _datasets_of(exposure) -%}
    {%- set datasets = [] -%}
    {%- for unique_id in exposure['depends_on']['nodes'] if tokumei._is_mart(unique_id) -%}
        {%- do datasets.append(tokumei._meta_of(graph['nodes'][unique_id]).get('dataset')) -%}
    {%- endfor -%}
    {{- return(datasets | select('string') | unique | sort) -}}
{%- endmacro %}

{% macro _is_mart(unique_id) -%}
    {%- set node = graph['nodes'].get(unique_id) -%}
    {{- return((node and node['resource_type'] == 'model' and node['config']['materialized'] == 'anonymized') or false) -}}
{%- endmacro %}

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
