{% test policy_current(model) %}
    {{ tokumei.audit_as_test('policy_current') }}
{% endtest %}
