{% test singling_out(model) %}
    {{ tokumei.test_of_attack('singling_out') }}
{% endtest %}
