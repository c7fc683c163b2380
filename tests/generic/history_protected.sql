{% test history_protected(model) %}
    {{ tokumei.audit_as_test('history_protected') }}
{% endtest %}
