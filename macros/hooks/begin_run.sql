{#- on-run-start: the lineage is judged; then the private schema, the logs, and one key for each dataset whose marts this
    run builds in full. -#}
{% macro begin_run() -%}
    {%- do tokumei.refuse_lineage() -%}
    {%- if execute and tokumei.builds_models() -%}
        {%- set datasets = tokumei.selected_datasets() -%}
        {%- if datasets or tokumei.selected_readers() -%}
            {%- do tokumei.sql_create_private_schema() -%}
            {%- do tokumei.create_logs() -%}
            {%- for dataset in datasets if tokumei.partial_datasets() or not tokumei.unselected_marts(dataset) -%}
                {%- do tokumei.sql_lock_dataset(dataset) -%}
                {%- do tokumei.sql_take_key(dataset) -%}
                {%- do tokumei.log_key(dataset, 'taken') -%}
                {%- do tokumei.withdraw_abandoned(dataset) -%}
            {%- endfor -%}
            {%- do tokumei.sql_commit_now() -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
