{% test dataset_consistent(model) %}
    {{ tokumei.audit_as_test('dataset_consistent') }}
{% endtest %}
