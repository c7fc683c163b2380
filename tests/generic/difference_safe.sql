{% test difference_safe(model) %}
    {{ tokumei.test_of_attack('difference_safe') }}
{% endtest %}
