{#- on-run-end: a dataset that was not made in full is taken back; then the keys of this run are destroyed, and that is
    recorded. A run that died is swept by the next one. -#}
{% macro end_run() -%}
    {%- if execute and tokumei.builds_models() -%}
        {%- for dataset in tokumei.selected_datasets() -%}
            {%- do tokumei.withdraw_incomplete(dataset, invocation_id) -%}
            {%- do tokumei.sql_commit_now() -%}
            {%- if tokumei.sql_holds_key(dataset) -%}
                {%- do tokumei.sql_destroy_key(dataset) -%}
                {%- do tokumei.log_keys_destroyed(dataset) -%}
            {%- endif -%}
            {%- do tokumei.sql_commit_now() -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
