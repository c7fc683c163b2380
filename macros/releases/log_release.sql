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
    {%- set release = tokumei.log_row('releases_log', [
        id, policy['dataset'], mart, number, scene['released'], this | string, invocation_id, scene['fingerprint'],
        tokumei.package_version(), policy['k'], policy['k_reason'], policy['max_suppression'], facts['records_in'],
        facts['subjects_in'], facts['records_out'], facts['subjects_out'], classes | int if classes is not none else none, smallest | int if smallest is not none else none,
        measured.get('history_protected.share'), measured.get('history_protected.upper bound'), facts['passes'], tokumei.legal_basis(), tokumei.utc_now(),
        facts.get('synthetic_records', 0), facts.get('synthetic_subjects', 0), facts.get('records_hidden', 0),
        tokumei.unselected_marts(policy['dataset']) | join(', ') or none, tojson(policy['source']['types']), tokumei._run_number(policy['dataset']),
    ]) -%}
    {%- set statements = [] -%}
    {%- set items = [] -%}
    {%- for column in policy['columns'] -%}
        {%- do items.append([
            id, policy['dataset'], mart, loop.index, column['name'], column['item']['ja'], column['item']['en'] or column['item']['ja'],
            tokumei.treatment_outline(column, 'ja'), tokumei.treatment_outline(column, 'en'),
            (column['steps'] | first)['arguments'].get('bits', 256) if column['pseudonym'] else none,
        ]) -%}
    {%- endfor -%}
    {%- do statements.append(tokumei.log_rows('release_items_log', items)) -%}
    {%- set audits = [] -%}
    {%- for finding in findings -%}
        {%- do audits.append([
            id, policy['dataset'], mart, finding[0] ~ ('(' ~ finding[1] ~ ')' if finding[1] else ''), finding[2], finding[3],
        ]) -%}
    {%- endfor -%}
    {%- do statements.append(tokumei.log_rows('release_audits_log', audits)) -%}
    {%- set measures = [] -%}
    {%- for measure in scene.get('measures', []) -%}{%- do measures.append([id, policy['dataset'], mart] + measure) -%}{%- endfor -%}
    {%- for name, what, value in tokumei.declared_limits(policy) -%}
        {%- do measures.append([id, policy['dataset'], mart, 'limit', 'mart', name, what, none, none, 'limit', value]) -%}
    {%- endfor -%}
    {%- for batch in measures | batch(500) -%}
        {%- do statements.append(tokumei.log_rows('release_risks_log', batch)) -%}
    {%- endfor -%}
    {%- set distributions = [] -%}
    {%- for row in scene.get('distributions', []) -%}{%- do distributions.append([id, policy['dataset'], mart] + row) -%}{%- endfor -%}
    {%- for batch in distributions | batch(500) -%}
        {%- do statements.append(tokumei.log_rows('release_distributions_log', batch)) -%}
    {%- endfor -%}
    {#- The release stands with this row, the last of them. -#}
    {%- do tokumei.run_statements(statements + [release]) -%}
{%- endmacro %}

{#- Which run of the dataset this is. What is newer is told by it: clocks are set back. -#}
{% macro _run_number(dataset) -%}
    {{- return(tokumei.first_row(
        'select coalesce(max(case when logged.invocation_id = ' ~ tokumei.sql_literal(invocation_id) ~ ' then logged.run_no end), coalesce(max(logged.run_no), 0) + 1) from '
        ~ tokumei.private_relation('releases_log') ~ ' as logged where logged.dataset = ' ~ tokumei.sql_literal(dataset)
    )[0] | int) -}}
{%- endmacro %}

{% macro package_version() -%}
    {{- return('0.1.0') -}}
{%- endmacro %}
