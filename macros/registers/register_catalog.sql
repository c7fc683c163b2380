{#- The registers, as name → columns: [column, kind, whether every row has a value]. Columns beyond these are the
    user's own. What a value may be beyond its kind stands in the file of each register. -#}
{% macro register_catalog() -%}
    {{- return({
        'publications': [
            ['dataset', 'text', true], ['fingerprint', 'text', false], ['kind', 'text', true], ['items', 'text', true],
            ['means', 'text', false], ['published_on', 'date', true], ['place', 'text', true],
            ['notice_days', 'whole', true], ['continuing', 'bool', false], ['period_from', 'date', false],
            ['period_to', 'date', false],
        ],
        'recipients': [['recipient', 'text', true], ['name', 'text', true], ['role', 'text', false]],
        'provisions': [
            ['recipient', 'text', true], ['dataset', 'text', true], ['release', 'text', false], ['means', 'text', true],
            ['provided_on', 'date', false], ['notified_on', 'date', false], ['notice_sha256', 'text', false],
        ],
        'responsibilities': [
            ['measure', 'text', true], ['responsible', 'text', true], ['may_handle_method_information', 'bool', false],
            ['document', 'text', false], ['last_reviewed_on', 'date', true], ['next_review_on', 'date', true],
        ],
        'received': [
            ['dataset', 'text', true], ['provider', 'text', true], ['items', 'text', true], ['means', 'text', true],
            ['received_on', 'date', true], ['relation', 'text', false],
        ],
    }) -}}
{%- endmacro %}
