{#- `after` is not looked at: naming the register received makes dbt build it first. -#}
{% test received_labelled(model, after=[]) %}
    {{ tokumei.received_as_test() if execute else 'select 1 as parsing' }}
{% endtest %}
