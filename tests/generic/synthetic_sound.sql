{% test synthetic_sound(model) %}
    {{ tokumei.audit_as_test('synthetic_sound') }}
{% endtest %}
