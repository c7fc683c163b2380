{% test published(model) %}
    {{ tokumei.audit_as_test('published') }}
{% endtest %}
