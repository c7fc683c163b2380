{% test published(model) %}
    {{ tokumei.published_as_test() }}
{% endtest %}
