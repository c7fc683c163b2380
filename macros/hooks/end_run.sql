{#- on-run-end: a dataset that was not made in full is taken back; then the keys of this run are destroyed, and that is
    recorded; then the registers take effect. A run that died is swept by the next one. -#}
{% macro end_run() -%}
    {%- if execute and tokumei.builds_models() -%}
        {%- for dataset in tokumei.selected_datasets() -%}
            {%- do tokumei.withdraw_incomplete(dataset, invocation_id) -%}
            {#- Not held meanwhile: an older run may read the key still, and wait for its turn. -#}
            {%- do tokumei.sql_begin_now() -%}
            {%- if tokumei.sql_holds_key(dataset) -%}
                {%- do tokumei.sql_destroy_key(dataset) -%}
                {%- do tokumei.log_keys_destroyed(dataset) -%}
            {%- endif -%}
            {%- do tokumei.sql_commit_now() -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if execute and tokumei.builds_registers() -%}
        {%- do tokumei.settle_datasets(tokumei.datasets_of_graph(), tokumei.begins_run()) -%}
    {%- elif execute and tokumei.builds_models() -%}
        {%- do tokumei.settle_datasets(tokumei.selected_datasets(), tokumei.begins_run()) -%}
    {%- endif -%}
{%- endmacro %}

{#- Whether this run loads a register, from which any dataset may open or close. -#}
{% macro builds_registers() -%}
    {%- for unique_id in selected_resources if flags.WHICH in ['seed', 'run', 'build', 'retry', 'snapshot'] -%}
        {%- if tokumei._meta_of(graph['nodes'].get(unique_id, {})).get('register') is not none -%}
            {{- return(true) -}}
        {%- endif -%}
    {%- endfor -%}
    {{- return(false) -}}
{%- endmacro %}
