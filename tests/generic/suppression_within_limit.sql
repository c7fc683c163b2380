{% test suppression_within_limit(model) %}
    {{ tokumei.audit_as_test('suppression_within_limit') }}
{% endtest %}
