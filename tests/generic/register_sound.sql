{#- `after` is not looked at: naming the registers this one refers to makes dbt build them first. -#}
{% test register_sound(model, after=[]) %}
    {{ tokumei.register_as_test() if execute else 'select 1 as parsing' }}
{% endtest %}
