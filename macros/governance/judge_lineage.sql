{#- The lineage as it stands: `errors` as texts, and the findings that an exception excuses, each with its `exception`. -#}
{% macro judge_lineage(walk) -%}
    {%- set errors = [] -%}
    {%- set excused = [] -%}
    {%- for id, node in walk['nodes'].items() -%}
        {%- set meta = walk['metas'].get(id, {}) -%}
        {%- set finding = walk['findings'][id] -%}
        {%- set exception = tokumei._lineage_exception(errors, node, finding) if 'exception' in meta else none -%}
        {%- if 'personal' in meta -%}
            {%- do tokumei._check_personal(errors, walk, id, meta['personal']) -%}
        {%- elif walk['holders'].get(id) == 'declared' -%}
            {%- do tokumei._check_origin(errors, walk, id) -%}
        {%- endif -%}
        {%- if finding['problems'] and exception is none -%}
            {%- do tokumei._lineage_errors(errors, finding) -%}
        {%- elif finding['problems'] -%}
            {%- do finding.update({'exception': exception}) -%}
            {%- do excused.append(finding) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return({'errors': errors, 'excused': excused | sort(attribute='name')}) -}}
{%- endmacro %}

{% macro _lineage_errors(errors, finding) -%}
    {%- set allowed = 'no such reading, or an exception {reads: [' ~ finding['reads'] | unique | sort | join(', ') ~ '], reason: …, approved_by: …}' -%}
    {%- if finding['upstream'] -%}
        {%- set allowed = allowed ~ ', or personal: false on ' ~ finding['upstream'] | join(', ') ~ ' if no persons are in it' -%}
    {%- endif -%}
    {%- for problem in finding['problems'] -%}
        {%- do tokumei._policy_error(errors, finding['name'], none, problem, finding['paths'] | join(', '), allowed, 'lineage.md') -%}
    {%- endfor -%}
{%- endmacro %}

{#- `personal: false` is said of what goes into personal data, and of nothing that comes from it. -#}
{% macro _check_personal(errors, walk, id, given) -%}
    {%- set name = tokumei._lineage_name(walk['nodes'][id]) -%}
    {%- if given is not sameas false -%}
        {%- do tokumei._policy_error(errors, name, none, 'personal', given, 'false, on a relation without persons that personal data is made with', 'lineage.md') -%}
    {%- elif walk['holders'].get(id) in ['declared', 'listed', 'mart'] -%}
        {%- do tokumei._policy_error(errors, name, none, 'personal: false, but it declares or lists subjects', 'both', 'one of them', 'lineage.md') -%}
    {%- elif walk['persons'][id] -%}
        {%- set paths = [] -%}
        {%- for origin in walk['persons'][id] -%}{%- do paths.append(tokumei._lineage_path(walk, 'persons', id, origin)) -%}{%- endfor -%}
        {%- do tokumei._policy_error(errors, name, none, 'personal: false, but it is made from personal data', paths | join(', '), 'an exception where it meets a mart', 'lineage.md') -%}
    {%- endif -%}
{%- endmacro %}

{#- The persons of a relation come from somewhere. -#}
{% macro _check_origin(errors, walk, id) -%}
    {%- set names = [] -%}
    {%- for parent in walk['parents'][id] if walk['metas'].get(parent, {}).get('personal') is sameas false -%}
        {%- do names.append(tokumei._lineage_name(walk['nodes'][parent])) -%}
    {%- endfor -%}
    {%- if names and names | length == walk['parents'][id] | length -%}
        {%- do tokumei._policy_error(
            errors, tokumei._lineage_name(walk['nodes'][id]), none, 'it declares persons, and all that it is made from says personal: false',
            names | join(', '), 'one at least that does not', 'lineage.md'
        ) -%}
    {%- endif -%}
{%- endmacro %}
