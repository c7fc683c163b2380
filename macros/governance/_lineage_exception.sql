{#- `exception` in a node's meta: what it reads against the rules, why, who approved it, and until when. What is not said in
    full, is over, or names other than what the node reads excuses nothing. -#}
{% macro _lineage_exception(errors, node, finding) -%}
    {%- set given = tokumei._meta_of(node)['exception'] -%}
    {%- set name = tokumei._lineage_name(node) -%}
    {%- set wrong = [] -%}
    {%- if given is not mapping -%}
        {%- do tokumei._policy_error(wrong, name, none, 'exception', given if given is not none else 'nothing', ['reads', 'reason', 'approved_by', 'expires_on'], 'lineage.md') -%}
        {%- do errors.extend(wrong) -%}
        {{- return(none) -}}
    {%- endif -%}
    {%- for key in given if key not in ['reads', 'reason', 'approved_by', 'expires_on'] -%}
        {%- do tokumei._policy_error(wrong, name, none, 'exception: unknown key', key, ['reads', 'reason', 'approved_by', 'expires_on'], 'lineage.md') -%}
    {%- endfor -%}
    {%- for key in ['reason', 'approved_by'] if given.get(key) is not string or given[key] | trim == '' -%}
        {%- do tokumei._policy_error(wrong, name, none, 'exception: ' ~ key, given.get(key) or 'nothing', 'why it does not aim at a person' if key == 'reason' else 'who approved it', 'lineage.md') -%}
    {%- endfor -%}
    {%- set expires = given.get('expires_on') -%}
    {%- if expires is not none -%}
        {%- set day = tokumei._register_date(expires | string) -%}
        {%- if day is none -%}
            {%- do tokumei._policy_error(wrong, name, none, 'exception: expires_on', expires, 'a day, YYYY-MM-DD, or left out', 'lineage.md') -%}
        {%- elif day < tokumei.today() -%}
            {%- do tokumei._policy_error(wrong, name, none, 'exception: it has expired', day, 'a later day, once it is approved anew', 'lineage.md') -%}
        {%- endif -%}
    {%- endif -%}
    {%- set listed = given.get('reads') -%}
    {%- set reads = finding['reads'] | unique | sort -%}
    {%- if listed is string or listed is mapping or listed is not iterable or (listed | map('string') | sort) != reads or not reads -%}
        {%- do tokumei._policy_error(wrong, name, none, 'exception: reads is what the node reads against the rules', listed if listed is not none else 'nothing', reads if reads else 'no exception: it breaks no rule', 'lineage.md') -%}
    {%- endif -%}
    {%- do errors.extend(wrong) -%}
    {{- return(none if wrong else given) -}}
{%- endmacro %}
