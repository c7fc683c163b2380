{% test declared_releases(model) %}
    {{ tokumei.audit_as_test('declared_releases') }}
{% endtest %}
