{% test only_declared_columns(model) %}
    {{ tokumei.audit_as_test('only_declared_columns') }}
{% endtest %}
