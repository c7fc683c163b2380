{% macro _resolve_columns(errors, policy, node) -%}
    {%- set columns = [] -%}
    {%- for declared in node['columns'].values() -%}
        {%- set meta = tokumei._meta_of(declared) -%}
        {%- set name = declared['name'] -%}
        {%- set origin = meta.get('from', name) -%}
        {%- do tokumei._check_keys(errors, policy['mart'], name, meta, ['from', 'treat', 'item', 'waive', 'ladder']) -%}
        {%- set is = policy['source']['columns'].get(origin | string) -%}
        {%- if origin | string not in policy['source']['columns'] -%}
            {%- do tokumei._policy_error(errors, policy['mart'], name, 'the source has no such column', origin, policy['source']['columns']) -%}
        {%- endif -%}
        {%- if (name | lower).startswith('tokumei_') -%}
            {%- do tokumei._policy_error(errors, policy['mart'], name, 'names that begin with tokumei_ are the package\'s own', name) -%}
        {%- endif -%}
        {%- set treat = meta.get('treat', ['keep'] if is == 'attribute' else none) -%}
        {%- if treat is none and is == 'quasi_identifier' and 'ladder' in meta -%}
            {#- Its level is not chosen yet: what the search is for. A build refuses it. -#}
            {%- do tokumei._policy_error(policy['open'], policy['mart'], name, 'a quasi_identifier needs an explicit treat (keep counts)', 'a ladder alone', tokumei.step_catalog(), 'search.md') -%}
            {%- set steps = [] -%}
        {%- elif treat is none -%}
            {%- do tokumei._policy_error(errors, policy['mart'], name, 'a ' ~ (is or 'column') ~ ' needs an explicit treat (keep counts)', 'nothing', tokumei.step_catalog()) -%}
            {%- set steps = [] -%}
        {%- else -%}
            {%- set steps = tokumei._resolve_steps(errors, policy, name, treat) -%}
        {%- endif -%}
        {%- set column = {
            'name': name,
            'from': origin,
            'is': is,
            'steps': steps,
            'item': tokumei._resolve_item(errors, policy, name, meta.get('item')),
            'waive': tokumei._resolve_waivers(errors, policy, name, meta.get('waive')),
            'ladder': tokumei._resolve_ladder(errors, policy, name, meta.get('ladder')),
        } -%}
        {%- if column['ladder'] is not none and is != 'quasi_identifier' -%}
            {%- do tokumei._policy_error(errors, policy['mart'], name, 'ladder is for a quasi_identifier', is, none, 'search.md') -%}
        {%- endif -%}
        {%- set pseudonym = 'pseudonymize' in (steps | map(attribute='name') | list) -%}
        {%- do column.update({'pseudonym': pseudonym, 'quasi_identifier': is == 'quasi_identifier' and not pseudonym}) -%}
        {%- do tokumei._check_steps(errors, policy, column) -%}
        {%- do columns.append(column) -%}
    {%- endfor -%}
    {%- if not columns -%}
        {%- do tokumei._policy_error(errors, policy['mart'], none, 'the mart declares no column', 'nothing', 'columns: with treat and item') -%}
    {%- endif -%}
    {{- return(columns) -}}
{%- endmacro %}

{#- What is published (法43条3項): a text, or one in each language. -#}
{% macro _resolve_item(errors, policy, column, item) -%}
    {%- set ja = item.get('ja') if item is mapping else item -%}
    {%- if ja is string and (';' in ja or '；' in ja) -%}
        {%- do tokumei._policy_error(errors, policy['mart'], column, 'an item holds no semicolon: it parts the items of a register', ja, 'another mark', 'publication.md') -%}
    {%- endif -%}
    {%- if item is string and item | trim != '' -%}
        {{- return({'ja': item, 'en': none}) -}}
    {%- elif item is mapping and item.get('ja') and (item | list | reject('in', ['ja', 'en']) | list | length) == 0 -%}
        {{- return({'ja': item['ja'], 'en': item.get('en')}) -}}
    {%- endif -%}
    {%- do tokumei._policy_error(errors, policy['mart'], column, 'item is required: it is what gets published', item or 'nothing', 'a text, or {ja: …, en: …}', 'publication.md') -%}
    {{- return({'ja': none, 'en': none}) -}}
{%- endmacro %}

{% macro _resolve_waivers(errors, policy, column, given) -%}
    {%- set waivers = given if given is mapping else {} -%}
    {%- if given is not none and given is not mapping -%}
        {%- do tokumei._policy_error(errors, policy['mart'], column, 'waive is an audit and the reason it is waived for', given, '{no_rare_values: reason}') -%}
    {%- endif -%}
    {%- for audit, reason in waivers.items() if audit not in ['no_rare_values', 'no_identifier_patterns'] or reason is not string or reason | trim == '' -%}
        {%- set page = 'audits/' ~ (audit if audit == 'no_identifier_patterns' else 'no_rare_values') ~ '.md' -%}
        {%- do tokumei._policy_error(errors, policy['mart'], column, 'waive: an audit that can be waived, with a reason', audit ~ ': ' ~ reason, '{no_rare_values: reason}, {no_identifier_patterns: reason}', page) -%}
    {%- endfor -%}
    {{- return(waivers) -}}
{%- endmacro %}
