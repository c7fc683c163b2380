{#- The rows of a release, written in the transaction of its switch: they cannot drift from it. -#}
{% macro log_release(policy, scene, findings) -%}
    {%- set mart = policy['mart'] -%}
    {%- set facts = scene['facts'] -%}
    {%- set id = local_md5(invocation_id ~ mart) -%}
    {%- set measured = {} -%}
    {%- for finding in findings -%}{%- do measured.update({finding[0] ~ '.' ~ finding[1]: finding[3]}) -%}{%- endfor -%}
    {%- set classes = measured.get('k_anonymous.classes') -%}
    {%- set smallest = measured.get('k_anonymous.smallest class') -%}
    {%- set number = tokumei.first_row('select coalesce(max(release_no), 0) + 1 from ' ~ tokumei.private_relation('releases_log') ~ ' where mart = ' ~ tokumei.sql_literal(mart))[0] | int -%}
    {%- do tokumei.run_statement(tokumei.log_row('releases_log', [
        id, policy['dataset'], mart, number, scene['released'], this | string, invocation_id, scene['fingerprint'],
        tokumei.package_version(), policy['k'], policy['k_reason'], policy['max_suppression'], facts['records_in'],
        facts['subjects_in'], facts['records_out'], facts['subjects_out'], classes | int if classes is not none else none, smallest | int if smallest is not none else none,
        measured.get('history_protected.share'), measured.get('history_protected.upper bound'), facts['passes'], tokumei.legal_basis(), tokumei.utc_now(),
        facts.get('synthetic_records', 0), facts.get('synthetic_subjects', 0), facts.get('records_hidden', 0),
        tokumei.unselected_marts(policy['dataset']) | join(', ') or none,
    ])) -%}
    {%- for column in policy['columns'] -%}
        {%- do tokumei.run_statement(tokumei.log_row('release_items_log', [
            id, policy['dataset'], mart, loop.index, column['name'], column['item']['ja'], column['item']['en'] or column['item']['ja'],
            tokumei.treatment_outline(column, 'ja'), tokumei.treatment_outline(column, 'en'),
        ])) -%}
    {%- endfor -%}
    {%- for finding in findings -%}
        {%- do tokumei.run_statement(tokumei.log_row('release_audits_log', [
            id, policy['dataset'], mart, finding[0] ~ ('(' ~ finding[1] ~ ')' if finding[1] else ''), finding[2], finding[3],
        ])) -%}
    {%- endfor -%}
{%- endmacro %}

{% macro package_version() -%}
    {{- return('0.1.0') -}}
{%- endmacro %}

{#- 法43条1項・規則34条; of a release, because the law is amended. -#}
{% macro legal_basis() -%}
    {{- return(var('tokumei_legal_basis', '個人情報の保護に関する法律（平成15年法律第57号）第43条第1項、同法施行規則第34条')) -}}
{%- endmacro %}

{#- What was done to an item, in words that tell nothing reversible: no threshold, no predicate, no unit. -#}
{% macro treatment_outline(column, language) -%}
    {%- set words = {
        'keep': ['加工なし', 'kept'],
        'pseudonymize': ['仮ID', 'pseudonymization'],
        'truncate': ['一般化', 'generalization'],
        'age': ['一般化', 'generalization'],
        'band': ['一般化', 'generalization'],
        'round': ['一般化（丸め）', 'rounding'],
        'prefix': ['一般化', 'generalization'],
        'mesh': ['一般化', 'generalization'],
        'lookup': ['一般化', 'generalization'],
        'add_noise': ['ノイズ付加', 'noise addition'],
        'swap': ['データ交換', 'data swapping'],
        'categorize': ['一般化', 'generalization'],
        'top_code': ['トップコーディング', 'top coding'],
        'bottom_code': ['ボトムコーディング', 'bottom coding'],
        'generalize_rare': ['一般化', 'generalization'],
        'suppress_rare': ['セル削除', 'cell suppression'],
        'microaggregate': ['ミクロアグリゲーション', 'microaggregation'],
        'suppress_listed': ['セル削除', 'cell suppression'],
    } -%}
    {%- set outline = [] -%}
    {%- for step in column['steps'] -%}
        {%- do outline.append(words[step['name']][0 if language == 'ja' else 1]) -%}
    {%- endfor -%}
    {{- return((outline | unique | list) | join('、' if language == 'ja' else ', ')) -}}
{%- endmacro %}
