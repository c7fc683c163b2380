{% test k_anonymous(model) %}
    {{ tokumei.audit_as_test('k_anonymous') }}
{% endtest %}
