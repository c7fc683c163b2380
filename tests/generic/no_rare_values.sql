{% test no_rare_values(model) %}
    {{ tokumei.audit_as_test('no_rare_values') }}
{% endtest %}
