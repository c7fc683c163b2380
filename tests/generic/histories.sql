{% test histories(model) %}
    {{ tokumei.test_of_attack('histories') }}
{% endtest %}
