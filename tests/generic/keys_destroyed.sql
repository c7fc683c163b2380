{% test keys_destroyed(model) %}
    {{ tokumei.audit_as_test('keys_destroyed') }}
{% endtest %}
