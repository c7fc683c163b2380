{% test my_number_watch(model, approved=[]) %}
    {{ tokumei.my_numbers_as_test(model, approved) }}
{% endtest %}
