{% test no_direct_identifiers(model) %}
    {{ tokumei.audit_as_test('no_direct_identifiers') }}
{% endtest %}
