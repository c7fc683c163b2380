{% test l_diverse(model) %}
    {{ tokumei.audit_as_test('l_diverse') }}
{% endtest %}
