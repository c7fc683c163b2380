{#- on-run-end: the keys of this run are destroyed, and that is recorded. A run that died is swept by the next one. -#}
{% macro end_run() -%}
    {%- if execute and tokumei.builds_models() -%}
        {%- for dataset in tokumei.selected_datasets() -%}
            {%- if tokumei.sql_holds_key(dataset) -%}
                {%- do tokumei.sql_destroy_key(dataset) -%}
                {%- do tokumei.log_keys_destroyed(dataset) -%}
                {%- do tokumei.sql_commit_now() -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
