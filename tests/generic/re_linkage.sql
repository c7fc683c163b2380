{% test re_linkage(model) %}
    {{ tokumei.test_of_attack('re_linkage') }}
{% endtest %}
