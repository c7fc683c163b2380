{% test within_bounds(model) %}
    {{ tokumei.audit_as_test('within_bounds') }}
{% endtest %}
