{#- The append-only logs, as name → columns. Text, whole numbers, shares and times only, so that every engine agrees.
    What came `later` is added to a log that an older version began. -#}
{% macro log_tables() -%}
    {%- set release = [
        ['release_id', 'text'], ['dataset', 'text'], ['mart', 'text'],
    ] -%}
    {{- return({
        'releases_log': release + [
            ['release_no', 'bigint'], ['release_relation', 'text'], ['mart_relation', 'text'], ['invocation_id', 'text'],
            ['fingerprint', 'text'], ['package_version', 'text'], ['k', 'bigint'], ['k_reason', 'text'],
            ['max_suppression', 'double precision'], ['records_in', 'bigint'], ['subjects_in', 'bigint'],
            ['records_out', 'bigint'], ['subjects_out', 'bigint'], ['classes', 'bigint'], ['smallest_class', 'bigint'],
            ['history_share', 'double precision'], ['history_bound', 'double precision'], ['passes', 'bigint'],
            ['legal_basis', 'text'], ['released_at', 'timestamp'],
            ['synthetic_records', 'bigint', 'later'], ['synthetic_subjects', 'bigint', 'later'],
            ['records_hidden', 'bigint', 'later'], ['left_out', 'text', 'later'], ['source_types', 'text', 'later'],
            ['run_no', 'bigint', 'later'],
        ],
        'release_items_log': release + [
            ['position', 'bigint'], ['column_name', 'text'], ['item_ja', 'text'], ['item_en', 'text'],
            ['treatment_ja', 'text'], ['treatment_en', 'text'], ['pseudonym_bits', 'bigint', 'later'],
        ],
        'release_audits_log': release + [
            ['audit', 'text'], ['violations', 'bigint'], ['measured', 'double precision'],
        ],
        'release_risks_log': release + [
            ['kind', 'text'], ['population', 'text'], ['measure', 'text'], ['column_names', 'text'], ['size', 'bigint'],
            ['size_to', 'bigint'], ['unit', 'text'], ['value', 'double precision'],
        ],
        'release_distributions_log': release + [
            ['column_name', 'text'], ['kind', 'text'], ['label', 'text'], ['value_from', 'double precision'],
            ['value_to', 'double precision'], ['before_count', 'bigint'], ['after_count', 'bigint'],
        ],
        'withdrawals_log': release + [['withdrawn_at', 'timestamp']],
        'access_log': [
            ['event_no', 'bigint'], ['dataset', 'text'], ['release', 'text'], ['event', 'text'], ['recipient', 'text'],
            ['role', 'text'], ['notice_sha256', 'text'], ['by_role', 'text'], ['at', 'timestamp'],
        ],
        'copies_log': [
            ['dataset', 'text'], ['release', 'text'], ['recipient', 'text'], ['mart', 'text'], ['copy_relation', 'text'],
            ['view_relation', 'text'], ['made_at', 'timestamp'],
        ],
        'keys_log': [
            ['dataset', 'text'], ['invocation_id', 'text'], ['event', 'text'], ['by_role', 'text'], ['at', 'timestamp'],
        ],
    }) -}}
{%- endmacro %}
