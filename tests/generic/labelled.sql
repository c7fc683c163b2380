{% test labelled(model) %}
    {{ tokumei.audit_as_test('labelled') }}
{% endtest %}
