{#- One mart of a release, from its row in the log: policy, size, audits, and what was measured. -#}
{% macro _report_mart(row, titles, items) -%}
    {%- set name, id = row[0][1:], row[1][1:] -%}
    {%- set size = {
        'k': row[7] | int, 'subjects_in': row[9] | int, 'subjects_out': row[10] | int, 'records_in': row[11] | int, 'records_out': row[12] | int,
    } -%}
    {%- set measures = tokumei._report_measures(id) -%}
    {%- set findings = tokumei._report_findings(id) -%}
    {%- set limits = measures | selectattr('kind', 'equalto', 'limit') | list -%}
    {%- set shown = [] -%}
    {%- for item in items -%}
        {%- do shown.append({
            'column': item['column'], 'item': tokumei._pair_of(item['ja'], item['en']),
            'treatment': {'ja': item['treatment_ja'], 'en': item['treatment_en']},
        }) -%}
    {%- endfor -%}
    {%- set measured = measures | rejectattr('kind', 'equalto', 'limit') | list | length > 0 -%}
    {{- return({
        'mart': name,
        'title': titles.get(name),
        'release_no': row[6] | int,
        'released_at': row[5][1:17],
        'policy': {'k': size['k'], 'k_reason': row[2][1:], 'max_suppression': row[8] | float},
        'items': shown,
        'size': {
            'subjects_in': tokumei._shown(size['subjects_in']), 'subjects_out': tokumei._shown(size['subjects_out']),
            'records_in': tokumei._shown(size['records_in']), 'records_out': tokumei._shown(size['records_out']),
            'synthetic_subjects': tokumei._shown(row[13] | int), 'records_hidden': tokumei._shown(row[14] | int),
        },
        'suppression': tokumei._report_suppression(name, row[6] | int),
        'audits': tokumei._report_audits(findings),
        'models': tokumei._report_models(findings, limits),
        'history': tokumei._report_history(row, limits, size),
        'attacks': tokumei._report_attacks(findings, limits, size),
        'risk': tokumei._report_risk(measures, size) if measured else none,
        'utility': tokumei._report_utility(measures, size) if measured else none,
        'distributions': tokumei._report_distributions(id),
    }) -}}
{%- endmacro %}

{#- Each release of the mart up to this one that was not taken back: the share of subjects and records that it left out. -#}
{% macro _report_suppression(mart, release_no) -%}
    {%- set releases = [] -%}
    {%- for row in run_query(
        'select standing.release_no, ' ~ tokumei._as_said([tokumei.sql_text('standing.released_at')])
        ~ ', standing.max_suppression, standing.subjects_in, standing.subjects_out, standing.records_in, standing.records_out from '
        ~ tokumei.standing_releases() ~ ' as standing where standing.mart = ' ~ tokumei.sql_literal(mart)
        ~ ' and standing.release_no <= ' ~ release_no ~ ' order by standing.release_no'
    ).rows -%}
        {%- set entry = {'release_no': row[0] | int, 'day': row[1][1:11], 'limit': row[2] | float} -%}
        {%- for name, given, left in [['subjects', row[3] | int, row[4] | int], ['records', row[5] | int, row[6] | int]] -%}
            {%- do entry.update({name: tokumei._shown_share((given - left) / ([given, 1] | max), given)}) -%}
        {%- endfor -%}
        {%- do releases.append(entry) -%}
    {%- endfor -%}
    {{- return(releases) -}}
{%- endmacro %}

{% macro _report_audits(findings) -%}
    {%- set audits = {} -%}
    {%- for finding in findings if finding['audit'] not in tokumei._attack_names() -%}
        {%- set audit = audits.get(finding['audit'], {'audit': finding['audit'], 'findings': 0, 'violations': 0}) -%}
        {%- do audit.update({'findings': audit['findings'] + 1, 'violations': audit['violations'] + finding['violations']}) -%}
        {%- do audits.update({finding['audit']: audit}) -%}
    {%- endfor -%}
    {%- set listed = [] -%}
    {%- for name in audits | sort -%}
        {%- do listed.append({'audit': name, 'passed': audits[name]['violations'] == 0}) -%}
    {%- endfor -%}
    {{- return(listed) -}}
{%- endmacro %}

{#- l and t: what a class must have, and what the class that has least of it has. Numbers of values and distances, of nobody. -#}
{% macro _report_models(findings, limits) -%}
    {%- set models = [] -%}
    {%- for audit, letter in [['l_diverse', 'l'], ['t_close', 't']] -%}
        {%- for finding in findings if finding['audit'] == audit and finding['what'] -%}
            {%- set model = {'model': letter, 'column': finding['what'], 'measured': finding['measured'] | round(3) if finding['measured'] is not none else none} -%}
            {%- for limit in limits if limit['measure'].startswith(letter ~ '.') and limit['columns'] == finding['what'] -%}
                {%- if limit['measure'].endswith('_c') -%}
                    {%- do model.update({'c': limit['value']}) -%}
                {%- else -%}
                    {%- do model.update({'kind': limit['measure'][2:], 'limit': limit['value']}) -%}
                {%- endif -%}
            {%- endfor -%}
            {%- do models.append(model) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(models) -}}
{%- endmacro %}

{#- Whether histories are told apart, as history_protected measured it. -#}
{% macro _report_history(row, limits, size) -%}
    {%- if row[15] is none -%}
        {{- return(none) -}}
    {%- endif -%}
    {%- set history = {
        'share': tokumei._shown_share(row[15] | float, size['subjects_out']),
        'upper': tokumei._rounded_share(row[16] | float, size['subjects_out']) if row[16] is not none else none,
    } -%}
    {%- for limit in limits if limit['measure'].startswith('history.') -%}
        {%- do history.update({limit['measure'][8:]: limit['value']}) -%}
    {%- endfor -%}
    {{- return(history) -}}
{%- endmacro %}
