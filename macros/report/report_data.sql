{#- dbt --quiet run-operation report_data --args '{dataset: loyalty}' > loyalty.json -#}
{% macro report_data(dataset, release=none) -%}
    {%- do print(tokumei._json(tokumei.report_facts(dataset, release))) -%}
{%- endmacro %}

{#- What the logs hold of a release, as a plain dict in which no count below 10 is left and no share is finer than ten
    persons: for the page of the privacy officer. Nothing is measured here, and no mart and no source is read. -#}
{% macro report_facts(dataset, release=none) -%}
    {%- set invocation = tokumei.published_release(dataset, release) -%}
    {%- set terms = tokumei._resolve_terms(dataset)['terms'] or {} -%}
    {%- set items = tokumei.published_items(dataset, invocation) -%}
    {%- set standing = run_query(
        'select ' ~ tokumei._as_said(['standing.mart', 'standing.release_id', 'standing.k_reason', 'standing.package_version', 'standing.legal_basis', tokumei.sql_text('standing.released_at')])
        ~ ', standing.release_no, standing.k, standing.max_suppression, standing.subjects_in, standing.subjects_out, standing.records_in, standing.records_out'
        ~ ', coalesce(standing.synthetic_subjects, 0), coalesce(standing.records_hidden, 0), standing.history_share, standing.history_bound'
        ~ ' from ' ~ tokumei.standing_releases() ~ ' as standing where standing.dataset = ' ~ tokumei.sql_literal(dataset)
        ~ ' and standing.invocation_id = ' ~ tokumei.sql_literal(invocation)
    ).rows -%}
    {%- set by_mart = {} -%}
    {%- for row in standing -%}{%- do by_mart.update({row[0][1:]: row}) -%}{%- endfor -%}
    {%- set marts = [] -%}
    {%- for name in by_mart | list | sort(case_sensitive=true) -%}
        {%- do marts.append(tokumei._report_mart(by_mart[name], terms.get('marts') or {}, items | selectattr('mart', 'equalto', name) | list)) -%}
    {%- endfor -%}
    {%- set first = standing[0] -%}
    {{- return({
        'dataset': dataset,
        'title': terms.get('title'),
        'release': invocation,
        'is_newest': invocation == tokumei.published_release(dataset),
        'package_version': first[3][1:],
        'legal_basis': first[4][1:],
        'key_destroyed_at': tokumei._report_key(dataset, invocation),
        'marts': marts,
    }) -}}
{%- endmacro %}

{#- none as long as the log does not say so. -#}
{% macro _report_key(dataset, invocation) -%}
    {%- set gone = run_query(
        'select ' ~ tokumei._as_said([tokumei.sql_text('min(keys.at)')]) ~ ' from ' ~ tokumei.private_relation('keys_log')
        ~ " as keys where keys.event = 'destroyed' and keys.dataset = " ~ tokumei.sql_literal(dataset) ~ ' and keys.invocation_id = ' ~ tokumei.sql_literal(invocation)
    ).rows[0][0] -%}
    {{- return(gone[1:17] or none) -}}
{%- endmacro %}
