{% test linkage(model) %}
    {{ tokumei.test_of_attack('linkage') }}
{% endtest %}
