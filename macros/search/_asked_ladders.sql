{#- What the operation was asked, checked all at once, and the ladders it is asked of: the arguments go before the policy. -#}
{% macro _asked_ladders(policy, asked, columns) -%}
    {%- set errors = [] -%}
    {%- set k = asked['k'] -%}
    {%- set limit = asked['max_suppression'] -%}
    {%- set names = policy['columns'] | selectattr('quasi_identifier') | map(attribute='name') | list -%}
    {%- for wrong, name, given, allowed in [
        [k is boolean or k is not integer or k < 2, 'k', k, 'a whole number of at least 2'],
        [limit is boolean or limit is not number or not 0 <= limit < 1, 'max_suppression', limit, 'a share of 0 or more and below 1'],
        [asked['by'] not in tokumei.search_measures(), 'by', asked['by'], tokumei.search_measures()],
        [asked['show'] is boolean or asked['show'] is not integer or not 0 <= asked['show'] <= 100, 'show', asked['show'], 'a whole number from 0 to 100'],
        [asked['format'] not in ['text', 'yaml', 'json'], 'format', asked['format'], ['text', 'yaml', 'json']],
        [columns is not mapping, 'columns', columns, '{column: {weight: …, lowest: …, highest: …}}'],
        [names == [], 'a mart without quasi-identifiers has no levels to choose', none, none],
    ] if wrong -%}
        {%- do tokumei._policy_error(errors, policy['mart'], none, name, given, allowed, 'search.md') -%}
    {%- endfor -%}
    {%- set laddered = [] -%}
    {%- for column in policy['columns'] if column['quasi_identifier'] -%}
        {%- set kinds = ['hierarchy', 'band', 'truncate', 'prefix', 'mesh'] -%}
        {%- set given = columns.get(column['name'], {}) if columns is mapping else {} -%}
        {%- set declared = column.get('ladder') or {} -%}
        {%- set kept = {} -%}
        {%- for key, value in declared.items() if given is mapping and (key not in kinds + ['levels'] or not kinds | select('in', given) | list) -%}
            {%- do kept.update({key: value}) -%}
        {%- endfor -%}
        {%- do laddered.append(dict(column, ladder=tokumei._resolve_ladder(errors, policy, column['name'], dict(kept, **given) if given is mapping else given))) -%}
    {%- endfor -%}
    {%- for name in columns if columns is mapping and name not in names -%}
        {%- do tokumei._policy_error(errors, policy['mart'], none, 'columns', name, names, 'search.md') -%}
    {%- endfor -%}
    {%- if asked['with_models'] is not boolean -%}
        {%- do tokumei._policy_error(errors, policy['mart'], none, 'with_models', asked['with_models'], ['true', 'false'], 'search.md') -%}
    {%- endif -%}
    {%- do asked.update({'guarded': tokumei._asked_models(errors, policy, asked)}) -%}
    {%- if asked['with_models'] and not asked['guarded']['models'] -%}
        {%- do tokumei._policy_error(errors, policy['mart'], none, 'with_models needs l or t', 'neither', 'l or t in the policy or the arguments', 'search.md') -%}
    {%- endif -%}
    {%- do tokumei._raise_together(errors) -%}
    {{- return(tokumei.ladders(dict(policy, columns=laddered))) -}}
{%- endmacro %}

{% macro search_measures() -%}
    {{- return(['discernibility', 'average_class_size', 'loss', 'precision']) -}}
{%- endmacro %}
