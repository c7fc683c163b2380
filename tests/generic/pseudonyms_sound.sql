{% test pseudonyms_sound(model) %}
    {{ tokumei.audit_as_test('pseudonyms_sound') }}
{% endtest %}
