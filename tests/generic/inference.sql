{% test inference(model) %}
    {{ tokumei.test_of_attack('inference') }}
{% endtest %}
