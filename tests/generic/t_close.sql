{% test t_close(model) %}
    {{ tokumei.audit_as_test('t_close') }}
{% endtest %}
