{% test no_identifier_patterns(model) %}
    {{ tokumei.audit_as_test('no_identifier_patterns') }}
{% endtest %}
