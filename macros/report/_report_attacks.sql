{#- Each attack that was tried: success, base and, where it was estimated, the interval, with its limit. A finding reads
    `what, statistic`; of difference_safe only how many classes changed. -#}
{% macro _report_attacks(findings, limits, size) -%}
    {%- set tried = {} -%}
    {%- for finding in findings if finding['audit'] in tokumei._attack_names() -%}
        {%- set whole = finding['what'] in ['', 'waived', 'success', 'base', 'advantage', 'lower', 'upper'] -%}
        {%- set what = '' if whole else ', '.join(finding['what'].split(', ')[:-1]) -%}
        {%- set statistic = (finding['what'].split(', ') | last).replace(' ', '_') -%}
        {%- set key = finding['audit'] ~ '|' ~ what -%}
        {%- do tried.update({key: tried.get(key, {'attack': finding['audit'], 'what': what or none, 'passed': true})}) -%}
        {%- if finding['violations'] -%}{%- do tried[key].update({'passed': false}) -%}{%- endif -%}
        {%- if statistic == 'waived' -%}
            {%- do tried[key].update({'waived': true}) -%}
        {%- elif statistic == 'classes_changed' -%}
            {%- do tried[key].update({'classes_changed': tokumei._shown(finding['measured'])}) -%}
        {%- elif statistic and finding['measured'] is not none -%}
            {%- do tried[key].update({statistic: tokumei._rounded_share(finding['measured'], size['subjects_out'])}) -%}
        {%- endif -%}
    {%- endfor -%}
    {#- Of histories the base is one for all numbers of known records. -#}
    {%- set base = tried.get('histories|', {}).get('base') -%}
    {%- for key in tried | list if base is not none and key.startswith('histories|known') -%}
        {%- do tried[key].update({'base': base}) -%}
        {%- do tried.pop('histories|', none) -%}
    {%- endfor -%}
    {%- set listed = [] -%}
    {%- for key in tried -%}
        {%- set attack = tried[key] -%}
        {%- set about = (attack['what'] or '').split(', ') -%}
        {%- for limit in limits if limit['measure'].startswith(attack['attack'] ~ '.at_most') and limit['columns'] in ['', about[0]] -%}
            {%- set against = limit['measure'].split('at_most') | last -%}
            {%- if against in ['', '_over_base'] and about | last != 'over control' or against == '_over_control' and about | last == 'over control' -%}
                {%- do attack.update({'limit': limit['value'], 'limited': 'success' if against == '' else 'advantage'}) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- set place = '%02d %03d ' % (tokumei._attack_names().index(attack['attack']), about[0] | length) -%}
        {%- do listed.append([place ~ key, attack]) -%}
    {%- endfor -%}
    {{- return(listed | sort(attribute=0, case_sensitive=true) | map(attribute=1) | list) -}}
{%- endmacro %}
