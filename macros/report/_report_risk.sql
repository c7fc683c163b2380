{#- Class sizes, risks and combinations, of the source treated and nobody suppressed (before) and of the mart (after). -#}
{% macro _report_risk(measures, size) -%}
    {%- set threshold = tokumei._measured_value(measures, 'mart', 'threshold') -%}
    {%- set risk = {'threshold': threshold} -%}
    {%- for of, name in [['treated', 'before'], ['mart', 'after']] -%}
        {%- set subjects = (tokumei._measured_value(measures, of, 'subjects') or 0) | int -%}
        {%- do risk.update({name: {
            'subjects': tokumei._shown(subjects),
            'classes': tokumei._shown(tokumei._measured_value(measures, of, 'classes')),
            'smallest_class': tokumei._shown(tokumei._measured_value(measures, of, 'smallest_class')),
            'largest_class': tokumei._shown(tokumei._measured_value(measures, of, 'largest_class')),
            'uniques': tokumei._shown(tokumei._measured_value(measures, of, 'uniques')),
            'special_uniques': tokumei._shown(tokumei._measured_value(measures, of, 'special_uniques')),
            'prosecutor_average': tokumei._shown_probability(tokumei._measured_value(measures, of, 'prosecutor_average')),
            'prosecutor_above': tokumei._shown_share(tokumei._measured_value(measures, of, 'prosecutor_above'), subjects),
        }}) -%}
    {%- endfor -%}
    {%- set largest = tokumei._measured_value(measures, 'both', 'journalist_maximum') -%}
    {%- do risk['after'].update({
        'journalist_average': tokumei._shown_probability(tokumei._measured_value(measures, 'both', 'journalist_average')),
        'journalist_above': tokumei._shown_share(tokumei._measured_value(measures, 'both', 'journalist_above'), size['subjects_out']),
        'journalist_smallest': tokumei._shown((1 / largest) | round if largest else none),
        'marketer': tokumei._shown_probability(tokumei._measured_value(measures, 'both', 'marketer')),
        'shown_uniques': tokumei._shown(tokumei._measured_value(measures, 'mart', 'shown_uniques')),
        'shown_uniques_share': tokumei._shown_share(tokumei._measured_value(measures, 'mart', 'shown_uniques_share'), size['subjects_out']),
    }) -%}
    {%- do risk.update({
        'class_sizes': tokumei._report_class_sizes(measures),
        'combinations': tokumei._report_combinations(measures, size),
    }) -%}
    {{- return(risk) -}}
{%- endmacro %}

{#- How many subjects are in classes of which size. -#}
{% macro _report_class_sizes(measures) -%}
    {%- set ranges = {} -%}
    {%- for one in measures if one['measure'] == 'subjects_in_classes_of_size' -%}
        {%- set range = ranges.get(one['size'], {'from': one['size'], 'to': one['size_to'], 'before': 0, 'after': 0}) -%}
        {%- do range.update({'before' if one['of'] == 'treated' else 'after': tokumei._shown(one['value'])}) -%}
        {%- do ranges.update({one['size']: range}) -%}
    {%- endfor -%}
    {%- set listed = [] -%}
    {%- for start in ranges | sort -%}{%- do listed.append(ranges[start]) -%}{%- endfor -%}
    {{- return(listed) -}}
{%- endmacro %}

{#- Each set of up to three quasi-identifiers: who is found by knowing just these. -#}
{% macro _report_combinations(measures, size) -%}
    {%- set sets = {} -%}
    {%- for one in measures if one['measure'].startswith('combination_') -%}
        {%- set name = 'before' if one['of'] == 'treated' else 'after' -%}
        {%- set known = sets.get(one['columns'], {'columns': one['columns'].split(', '), 'before': {}, 'after': {}}) -%}
        {%- set measure = one['measure'][12:] -%}
        {%- do known[name].update({measure: tokumei._shown_share(one['value'], size['subjects_in' if name == 'before' else 'subjects_out']) if measure == 'below_k' else tokumei._shown(one['value'])}) -%}
        {%- do sets.update({one['columns']: known}) -%}
    {%- endfor -%}
    {%- set listed = [] -%}
    {%- for columns in sets | sort(case_sensitive=true) -%}{%- do listed.append(sets[columns]) -%}{%- endfor -%}
    {{- return(listed) -}}
{%- endmacro %}
